package dev.fusebox.array;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.array.TensorReader.ByteSink;
import dev.fusebox.file.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
 *
 * @since 0.1
 */
public final class SafetensorsWriter implements TensorWriter {

  private static final int ALIGNMENT = 8;

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
   * @throws IllegalArgumentException if the array is not fp32 or the name taken
   */
  public SafetensorsWriter add(String name, NDArray array, ElementType type) {
    return add(Outgoing.of(name, array, type));
  }

  @Override
  public SafetensorsWriter add(TensorFile file, StoredTensor tensor, ElementType type) {
    return add(Outgoing.of(file, tensor, type));
  }

  SafetensorsWriter add(Outgoing tensor) {
    if (tensor.name().equals(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "no tensor of a safetensors file can be called "
              + tensor.name()
              + ", the name of the header's free text; rename it");
    }
    if (tensors.put(tensor.name(), tensor) != null) {
      throw new IllegalArgumentException(tensor.name() + " is added twice");
    }
    return this;
  }

  @Override
  public void write(Path file) throws IOException {
    long bytes = tensors.values().stream().mapToLong(Outgoing::bytes).reduce(0, Math::addExact);
    WholeFile.write(file, bytes, this::writeTo);
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
        tensor.send(sink);
      }
      channel.force(true);
    }
  }

  private ByteBuffer header() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    metadata.forEach(root.putObject("__metadata__")::put);
    long offset = 0;
    for (Outgoing tensor : tensors.values()) {
      ObjectNode node = root.putObject(tensor.name()).put("dtype", tensor.type().name());
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
