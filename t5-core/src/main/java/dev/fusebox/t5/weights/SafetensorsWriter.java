package dev.fusebox.t5.weights;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.t5.weights.TensorReader.ByteSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a safetensors file, as {@code transformers} reads it. Numbers stream from where they are;
 * the file appears whole or not at all. Not safe for threads.
 *
 * <pre>{@code
 * new SafetensorsWriter().addAll(parameters.all(), ElementType.F32).write(file);
 * }</pre>
 */
public final class SafetensorsWriter {

  private static final int ALIGNMENT = 8;
  private static final int CHUNK = 1 << 18;

  /** Sends the bytes of a tensor, little-endian, row-major, in as many pieces as it likes. */
  @FunctionalInterface
  private interface Source {
    void send(ByteSink sink) throws IOException;
  }

  private record Outgoing(ElementType type, Shape shape, Source source) {
    long bytes() {
      return Math.multiplyExact(shape.size(), type.bytes());
    }
  }

  private final Map<String, Outgoing> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>(Map.of("format", "pt"));

  /** Sets an entry of the header's free text; {@code format = pt} is there already. */
  public SafetensorsWriter describe(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /** Adds every array under its name; see {@link #add(String, NDArray, ElementType)}. */
  public SafetensorsWriter addAll(Map<String, NDArray> arrays, ElementType type) {
    arrays.forEach((name, array) -> add(name, array, type));
    return this;
  }

  /**
   * Adds an fp32 array, read when the file is written.
   *
   * @param type how to store it: F32 exactly; F16 and BF16 rounded to nearest even
   * @throws IllegalArgumentException if the array is not fp32, the type not floating or the name
   *     taken
   */
  public SafetensorsWriter add(String name, NDArray array, ElementType type) {
    if (array.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(name + " must be fp32, found " + array.getDataType());
    }
    return add(name, array.getShape(), type, sink -> send(array, type, sink));
  }

  /**
   * Adds a tensor of another file, read when this file is written.
   *
   * @param type how to store it; its own type copies every bit, and is the only choice for whole
   *     numbers
   */
  public SafetensorsWriter add(TensorFile file, StoredTensor tensor, ElementType type) {
    if (type != tensor.type() && !(type.floating() && tensor.type().floating())) {
      throw new IllegalArgumentException(
          tensor.name() + " is " + tensor.type() + " and cannot be stored as " + type);
    }
    return add(tensor.name(), tensor.shape(), type, sink -> send(file, tensor, type, sink));
  }

  private static void send(TensorFile file, StoredTensor tensor, ElementType type, ByteSink sink)
      throws IOException {
    try (TensorReader reader = new TensorReader(file.path())) {
      if (type == tensor.type()) {
        reader.forEachChunk(tensor, sink);
        return;
      }
      FloatBuffer numbers = FloatBuffer.allocate(TensorReader.CHUNK / tensor.type().bytes());
      reader.forEachChunk(
          tensor,
          bytes -> {
            tensor.type().decode(bytes, numbers.clear());
            encode(numbers.flip(), type, sink);
          });
    }
  }

  private SafetensorsWriter add(String name, Shape shape, ElementType type, Source source) {
    if (tensors.put(name, new Outgoing(type, shape, source)) != null) {
      throw new IllegalArgumentException(name + " is added twice");
    }
    return this;
  }

  private static void send(NDArray array, ElementType type, ByteSink sink) throws IOException {
    if (array.size() == 0) {
      return;
    }
    NDArray here = array.getDevice().isGpu() ? array.toDevice(Device.cpu(), false) : array;
    encode(here.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer(), type, sink);
    if (here != array) {
      here.close();
    }
  }

  private static void encode(FloatBuffer numbers, ElementType type, ByteSink sink)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      int count = Math.min(numbers.remaining(), CHUNK / type.bytes());
      FloatBuffer part = numbers.slice(numbers.position(), count);
      numbers.position(numbers.position() + count);
      type.encode(part, bytes.clear());
      sink.accept(bytes.flip());
    }
  }

  /**
   * Writes the file, replacing one of the same name.
   *
   * @throws IOException if it cannot be written; a file that was there stays as it was
   */
  public void write(Path file) throws IOException {
    WholeFile.write(file, this::writeTo);
  }

  private void writeTo(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteSink sink =
          bytes -> {
            while (bytes.hasRemaining()) {
              channel.write(bytes);
            }
          };
      sink.accept(header());
      for (Outgoing tensor : tensors.values()) {
        tensor.source.send(sink);
      }
      channel.force(true);
    }
  }

  private ByteBuffer header() throws IOException {
    ObjectNode root = new ObjectMapper().createObjectNode();
    metadata.forEach(root.putObject("__metadata__")::put);
    long offset = 0;
    for (Map.Entry<String, Outgoing> entry : tensors.entrySet()) {
      Outgoing tensor = entry.getValue();
      ObjectNode node = root.putObject(entry.getKey()).put("dtype", tensor.type().name());
      ArrayNode shape = node.putArray("shape");
      Arrays.stream(tensor.shape().getShape()).forEach(shape::add);
      node.putArray("data_offsets").add(offset).add(offset + tensor.bytes());
      offset += tensor.bytes();
    }
    byte[] text = root.toString().getBytes(StandardCharsets.UTF_8);
    int length = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] padded = Arrays.copyOf(text, length);
    Arrays.fill(padded, text.length, length, (byte) ' ');
    return ByteBuffer.allocate(Long.BYTES + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(padded)
        .flip();
  }
}
