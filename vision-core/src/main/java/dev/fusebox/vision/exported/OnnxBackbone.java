package dev.fusebox.vision.exported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.fusebox.tensor.Cores;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ONNX file, computed by ONNX Runtime on the processor with as many threads as libtorch has. No
 * gradient flows through it.
 */
final class OnnxBackbone implements VisionBackbone {

  private final FeatureMap map;
  private final OrtSession session;
  private final String input;
  private final String output;

  private OnnxBackbone(FeatureMap map, OrtSession session) throws OrtException {
    this.map = map;
    this.session = session;
    input = input();
    output = output();
  }

  /**
   * Loads the network.
   *
   * @throws IOException with the file's name, if it is damaged
   * @throws IllegalArgumentException if which of its outputs is meant cannot be told
   */
  static OnnxBackbone open(Path file, FeatureMap map) throws IOException {
    OrtSession session = session(file);
    try {
      return new OnnxBackbone(map, session);
    } catch (IllegalArgumentException e) {
      close(session);
      throw e;
    } catch (OrtException e) {
      close(session);
      throw damaged(file, e);
    }
  }

  private static OrtSession session(Path file) throws IOException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Cores.perOperator());
      return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    } catch (OrtException e) {
      throw damaged(file, e);
    }
  }

  private static IOException damaged(Path file, Exception cause) {
    return new IOException(
        "%s: not a readable ONNX file: %s".formatted(file, cause.getMessage()), cause);
  }

  private String input() throws OrtException {
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "%s: a network must have pixels as its only input, found inputs %s"
              .formatted(map.file(), String.join(", ", inputs.keySet())));
    }
    return inputs.keySet().iterator().next();
  }

  private String output() {
    Set<String> outputs = session.getOutputNames();
    String wanted = map.readout().output().orElse(null);
    if (wanted == null && outputs.size() > 1) {
      throw new IllegalArgumentException(
          "%s: name one of its outputs: %s".formatted(map.file(), String.join(", ", outputs)));
    }
    if (wanted != null && !outputs.contains(wanted)) {
      throw new IllegalArgumentException(
          "%s: output must be one of %s, found %s"
              .formatted(map.file(), String.join(", ", outputs), wanted));
    }
    return wanted == null ? outputs.iterator().next() : wanted;
  }

  @Override
  public String kind() {
    return OnnxProvider.NAME;
  }

  @Override
  public List<Path> files() {
    return List.of(map.file());
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return Optional.empty();
  }

  @Override
  public void requireSize(int height, int width) {
    long[] shape = inputShape();
    boolean fits =
        shape.length == 4
            && (shape[2] < 0 || shape[2] == height)
            && (shape[3] < 0 || shape[3] == width);
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: pictures must have the extent of its input %s (-1 = any), found %d x %d"
              .formatted(map.file(), new Shape(shape), height, width));
    }
  }

  private long[] inputShape() {
    try {
      NodeInfo info = session.getInputInfo().get(input);
      return info.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public NDArray forward(NDArray pixels) {
    ByteBuffer bytes = direct(pixels);
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(),
                bytes.asFloatBuffer(),
                pixels.getShape().getShape());
        OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
      return map.features(array(result.get(0), pixels.getManager()), pixels.getShape().get(0));
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "%s: the network failed: %s".formatted(map.file(), e.getMessage()), e);
    }
  }

  private static ByteBuffer direct(NDArray pixels) {
    ByteBuffer stored = pixels.toByteBuffer();
    ByteBuffer bytes = ByteBuffer.allocateDirect(stored.remaining()).order(ByteOrder.nativeOrder());
    return bytes.put(stored).flip();
  }

  private NDArray array(OnnxValue value, NDManager manager) {
    FloatBuffer numbers = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
    if (numbers == null) {
      throw new IllegalArgumentException(
          "%s: output %s must be a tensor of fp32 or fp16, found %s"
              .formatted(map.file(), output, value.getType()));
    }
    Shape shape = new Shape(((OnnxTensor) value).getInfo().getShape());
    NDArray array = manager.create(shape, DataType.FLOAT32);
    array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().put(numbers);
    return array;
  }

  @Override
  public Optional<Parameters> parameters() {
    return Optional.empty();
  }

  @Override
  public void close() {
    close(session);
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
