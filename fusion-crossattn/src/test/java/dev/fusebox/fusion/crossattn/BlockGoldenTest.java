package dev.fusebox.fusion.crossattn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Connector;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.ResamplerConfig;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Sees;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** open_flamingo's blocks, one by one; gradients are those of {@code sum(output · upstream)}. */
final class BlockGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final Parameters parameters = new Parameters(root, 0);
  private final Step step = Step.training(root);
  private final CrossAttentionScript script = new CrossAttentionScript(ops);

  @AfterEach
  void close() {
    step.close();
    parameters.close();
    root.close();
  }

  static List<Path> blocks() {
    return Goldens.list(Goldens.directory().resolve("flamingo")).stream()
        .filter(path -> path.getFileName().toString().startsWith("gated_xattn"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void insertedBlock(Path file) throws IOException {
    SafetensorsFile golden = SafetensorsFile.open(file);
    load(golden, "block.");
    boolean all = file.getFileName().toString().contains("all_previous");
    NDArray text = leaf(golden, "text"); // (B, T, D)
    NDArray media = leaf(golden, "media"); // (B, M, N, W)
    Shape shape = media.getShape();
    CrossAttentionFusionConfig config = config(all ? Sees.ALL : Sees.LATEST);
    FusionContext context = context((int) text.getShape().get(2), (int) shape.get(3));
    InsertedBlock block = new InsertedBlock("block", (int) shape.get(3), config, context, script);
    parameters.train(name -> true);

    NDArray flat = media.reshape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3));
    VisionFeatures vision = vision(golden, flat, shape);
    Visibility visibility = new Visibility(vision, false, config.sees(), script, ops);
    NDArray output =
        block.apply(
            text,
            block.remember(flat),
            visibility.ofText(text.getShape().get(1)),
            visibility.whole());

    check(golden, output, "block.", Map.of("text", text, "media", media));
  }

  /** Each picture stands where the text says; a text that says nothing comes after all. */
  private VisionFeatures vision(SafetensorsFile golden, NDArray flat, Shape media)
      throws IOException {
    long rows = media.get(0);
    int vectors = (int) (media.get(1) * media.get(2));
    long[] pictures = new long[(int) rows * vectors];
    long[] places = new long[pictures.length];
    for (int row = 0; row < rows; row++) {
      long[] positions = locations(golden, row);
      for (int i = 0; i < vectors; i++) {
        int picture = (int) (i / media.get(2));
        pictures[row * vectors + i] = picture;
        places[row * vectors + i] =
            positions.length == 0 ? 0 : picture < positions.length ? positions[picture] : 1_000;
      }
    }
    NDManager manager = step.manager();
    Shape shape = new Shape(rows, vectors);
    return new VisionFeatures(
        flat, manager.ones(shape), manager.create(pictures, shape), manager.create(places, shape));
  }

  private static long[] locations(SafetensorsFile golden, int row) throws IOException {
    if (!golden.names().contains("media_locations")) {
      return new long[0];
    }
    long[] marks = golden.longs("media_locations");
    long length = golden.shape("media_locations").get(1);
    return LongStream.range(0, length).filter(i -> marks[(int) (row * length + i)] == 1).toArray();
  }

  @Test
  void perceiverResampler() throws IOException {
    Path file = Goldens.directory().resolve("flamingo/perceiver_resampler.safetensors");
    SafetensorsFile golden = SafetensorsFile.open(file);
    load(golden, "fusion.resampler.");
    NDArray features = leaf(golden, "features"); // (B, M, F, P, W)
    Shape shape = features.getShape();
    int width = (int) shape.get(4);
    int latents = (int) golden.shape("param.latents").get(0);
    ResamplerConfig config = new ResamplerConfig(latents, 2, 3, 4);
    Resampler resampler = new Resampler(width, false, config, context(width, width), script);
    NDArray frames = declared(golden, "frame_embs"); // (frames, W)
    NDArray pictures = declared(golden, "media_time_embs"); // (pictures, 1, W)
    parameters.train(name -> !name.contains("projection"));

    NDArray x =
        features
            .add(frames.get("0:" + shape.get(2)).expandDims(1))
            .add(pictures.get("0:" + shape.get(1)).expandDims(1));
    long vectors = shape.get(1) * shape.get(2) * shape.get(3);
    long each = shape.get(2) * shape.get(3);
    long[] numbers =
        LongStream.range(0, shape.get(0) * vectors).map(i -> i % vectors / each).toArray();
    Shape flat = new Shape(shape.get(0), vectors);
    NDManager manager = step.manager();
    VisionFeatures media =
        new VisionFeatures(
            x.reshape(shape.get(0), vectors, width),
            manager.ones(flat),
            manager.create(numbers, flat));
    NDArray output = resampler.resample(media).features().reshape(golden.shape("output"));

    check(golden, output, "fusion.resampler.", Map.of("features", features));
  }

  private NDArray declared(SafetensorsFile golden, String name) {
    return parameters.declare(
        "fusion.resampler." + name, golden.shape("param." + name), (manager, shape) -> null);
  }

  private void load(SafetensorsFile golden, String prefix) throws IOException {
    for (String name : golden.names()) {
      if (name.startsWith("param.")) {
        float[] numbers = golden.floats(name);
        parameters.load(prefix + name.substring(6), golden.shape(name), into -> into.put(numbers));
      }
    }
  }

  private NDArray leaf(SafetensorsFile golden, String name) throws IOException {
    NDArray array = Goldens.array(step.manager(), golden, name);
    array.setRequiresGradient(true);
    return array;
  }

  private FusionContext context(int width, int visionWidth) {
    return new FusionContext(width, visionWidth, 3, 8, 64, 2, 2, 0, 1e-6, parameters, ops);
  }

  private static CrossAttentionFusionConfig config(Sees sees) {
    return new CrossAttentionFusionConfig(
        Place.BEFORE_DECODER,
        1,
        3,
        8,
        Gate.TANH,
        4,
        Connector.NONE,
        0,
        new ResamplerConfig(1, 1, 1, 1),
        Frames.PICTURES,
        0,
        sees,
        sees == Sees.ALL ? BlindText.MEAN : BlindText.NOTHING,
        false);
  }

  private void check(
      SafetensorsFile golden, NDArray output, String prefix, Map<String, NDArray> inputs)
      throws IOException {
    Goldens.assertClose(output, golden, "output", VALUES);
    step.backward(output.mul(Goldens.array(step.manager(), golden, "upstream")).sum());
    int checked = 0;
    for (String name : golden.names()) {
      if (name.startsWith("grad.")) {
        NDArray parameter = parameters.get(prefix + name.substring(5));
        Goldens.assertClose(parameter.getGradient(), golden, name, GRADIENTS);
        checked++;
      } else if (name.startsWith("grad_input.")) {
        NDArray input = inputs.get(name.substring(11));
        Goldens.assertClose(input.getGradient(), golden, name, GRADIENTS);
      }
    }
    assertThat(checked).isEqualTo(parameters.trainable().size());
  }
}
