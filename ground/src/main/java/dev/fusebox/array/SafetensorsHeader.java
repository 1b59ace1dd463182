package dev.fusebox.array;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the header of a safetensors file. As strict as the format's own library. */
final class SafetensorsHeader {

  /** Room for about a hundred thousand tensors; a larger number is a damaged file. */
  static final long MAXIMUM_LENGTH = 16 << 20;

  /** As many as torch knows. */
  private static final int MAXIMUM_AXES = 64;

  /** The one name that no tensor can have. */
  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path path;
  private final long dataStart;
  private final long fileLength;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsHeader(Path path, long dataStart, long fileLength) {
    this.path = path;
    this.dataStart = dataStart;
    this.fileLength = fileLength;
  }

  static SafetensorsFile read(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(RegularFile.require(path), StandardOpenOption.READ)) {
      byte[] text = text(path, channel);
      SafetensorsHeader header =
          new SafetensorsHeader(path, Long.BYTES + text.length, channel.size());
      header.parse(text);
      header.checkPacking();
      return new SafetensorsFile(path, header.tensors, header.metadata);
    }
  }

  private static byte[] text(Path path, FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(length(path, channel));
    while (text.hasRemaining() && channel.read(text, Long.BYTES + text.position()) >= 0) {}
    return text.array();
  }

  private static int length(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new FileFormatException(
          path,
          "not a safetensors file: it has " + size + " bytes, fewer than the smallest header");
    }
    ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(first, 0);
    long length = first.getLong(0);
    if (length < 0 || length > MAXIMUM_LENGTH) {
      throw new FileFormatException(
          path,
          "not a safetensors file: its first eight bytes announce a header of %s bytes; at most %d are read"
              .formatted(Long.toUnsignedString(length), MAXIMUM_LENGTH));
    }
    if (Long.BYTES + length > size) {
      throw new FileFormatException(
          path,
          "truncated: the header takes %d bytes, the file has %d; download it again"
              .formatted(Long.BYTES + length, size));
    }
    return (int) length;
  }

  private void parse(byte[] text) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (CharConversionException e) {
      throw damaged("its header is not valid JSON: not UTF-8 text");
    } catch (JsonProcessingException e) {
      throw damaged("its header is not valid JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw damaged("its header is not a JSON object");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      StoredTensor.requireName(path, entry.getKey());
      if (entry.getKey().equals(METADATA)) {
        if (!entry.getValue().isObject()) {
          throw damaged(METADATA + " is not an object of texts");
        }
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
      }
    }
  }

  private StoredTensor tensor(String name, JsonNode node) throws IOException {
    String spelled = node.path("dtype").asText();
    ElementType type =
        ElementType.named(spelled)
            .orElseThrow(
                () ->
                    damaged(
                        name
                            + " has the type '"
                            + spelled
                            + "'; known are "
                            + Arrays.toString(ElementType.values())));
    Shape shape = new Shape(numbers(name, "shape", node));
    long[] offsets = numbers(name, "data_offsets", node);
    if (offsets.length != 2 || offsets[1] < offsets[0]) {
      throw damaged(name + " has the data_offsets " + Arrays.toString(offsets));
    }
    if (offsets[1] - offsets[0] != bytes(name, shape, type)) {
      throw damaged(
          String.format(
              "%s takes %d bytes, but its shape %s of %s needs %d",
              name, offsets[1] - offsets[0], shape, type, bytes(name, shape, type)));
    }
    return StoredTensor.contiguous(name, type, shape, dataStart + offsets[0]);
  }

  private long[] numbers(String name, String key, JsonNode node) throws IOException {
    JsonNode list = node.path(key);
    if (list.size() > MAXIMUM_AXES) {
      throw damaged(name + " has " + list.size() + " numbers in its " + key);
    }
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      JsonNode number = list.get(i);
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
        throw damaged(name + " has " + number + " in its " + key);
      }
      numbers[i] = number.longValue();
    }
    if (!list.isArray()) {
      throw damaged(name + " has no list " + key);
    }
    return numbers;
  }

  private long bytes(String name, Shape shape, ElementType type) throws IOException {
    try {
      long bytes = type.bytes();
      for (long extent : shape.getShape()) {
        bytes = Math.multiplyExact(bytes, extent);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw damaged(name + " has the shape " + shape + ", more than any file can hold");
    }
  }

  /** The numbers must fill the rest of the file, each byte belonging to one tensor. */
  private void checkPacking() throws IOException {
    List<StoredTensor> ordered =
        tensors.values().stream()
            .sorted(
                Comparator.comparingLong(StoredTensor::offset)
                    .thenComparingLong(StoredTensor::span))
            .toList();
    long end = dataStart;
    String before = "the header";
    for (StoredTensor tensor : ordered) {
      if (tensor.offset() != end) {
        throw misplaced(tensor, before, end);
      }
      end += tensor.span();
      before = tensor.name();
      if (end > fileLength) {
        throw damaged(
            String.format(
                "truncated: %s ends at byte %d, but the file has %d; download it again",
                before, end, fileLength));
      }
    }
    if (end != fileLength) {
      throw damaged(
          String.format("its tensors end at byte %d, but the file has %d", end, fileLength));
    }
  }

  private FileFormatException misplaced(StoredTensor tensor, String before, long end) {
    return damaged(
        (tensor.offset() < end ? "overlapping tensors: " : "unused bytes: ")
            + String.format(
                "%s begins at byte %d, but %s ends at %d",
                tensor.name(), tensor.offset(), before, end));
  }

  private FileFormatException damaged(String problem) {
    return new FileFormatException(path, problem);
  }
}
