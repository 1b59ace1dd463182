package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.Goldens;
import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsFileTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("model.safetensors");
  }

  private Path write(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(text.length).put(text).array());
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          {'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}}   |  4 | truncated: a ends at byte 77, but the file has 73; download it again
          {'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}}   | 12 | its tensors end at byte 77, but the file has 81
          {'a': {'dtype': 'F32', 'shape': [3], 'data_offsets': [0, 8]}}   |  8 | a takes 8 bytes, but its shape (3) of F32 needs 12
          {'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [8, 0]}}   |  8 | a has the data_offsets [8, 0]
          {'a': {'dtype': 'F32', 'shape': [-2], 'data_offsets': [0, 8]}}  |  8 | a has -2 in its shape
          {'a': {'dtype': 'F32', 'shape': [0.5], 'data_offsets': [0, 8]}} |  8 | a has 0.5 in its shape
          {'a': {'dtype': 'F32', 'data_offsets': [0, 8]}}                 |  8 | a has no list shape
          {'a': {'dtype': 'F8_E5M2', 'shape': [2], 'data_offsets': [0, 2]}} | 2 | a has the type 'F8_E5M2'; known are [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL]
          {'a': {'dtype': 'F32', 'shape': [9223372036854775807, 4], 'data_offsets': [0, 8]}} | 8 | a has the shape (9223372036854775807, 4), more than any file can hold
          {'a': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0, 2]}, 'b': {'dtype': 'U8', 'shape': [2], 'data_offsets': [1, 3]}} | 3 | overlapping tensors: b begins at byte 129, but a ends at 130
          {'a': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0, 2]}, 'b': {'dtype': 'U8', 'shape': [2], 'data_offsets': [4, 6]}} | 6 | unused bytes: b begins at byte 132, but a ends at 130
          {'a': {'dtype': 'U8', 'shape': [2], 'data_offsets': [0, 2]}, 'a': {'dtype': 'U8', 'shape': [2], 'data_offsets': [2, 4]}} | 4 | its header is not valid JSON: Duplicate field 'a'
          ['a']                                                           |  0 | its header is not a JSON object
          {'a': 1                                                         |  0 | its header is not valid JSON: Unexpected end-of-input
          """)
  void saysWhatIsWrongWithAHeader(String header, int dataBytes, String problem) throws IOException {
    write(header.replace('\'', '"'), dataBytes);
    assertThatThrownBy(() -> TensorFile.open(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(file + ": " + problem);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 384, 640, 13440})
  void aHeaderWhoseLengthBeginsAsAPickleIsNone(int length) throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    write(header + " ".repeat(length - header.length()), 8);
    assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) 0x80);
    assertThat(TensorFile.open(file).names()).containsExactly("a");
  }

  @Test
  void refusesAHeaderLongerThanAnyModelNeeds() throws IOException {
    Files.writeString(file, "HTTP/1.1 404 Not found");
    assertThatThrownBy(() -> TensorFile.open(file))
        .hasMessage(
            file
                + ": not a safetensors file: its first eight bytes announce a header of"
                + " 3543824036068086856 bytes; at most 16777216 are read");
  }

  /** Its first byte is that of a web page, {@code <}. */
  @Test
  void aHeaderOf60BytesIsNoWebPage() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}";
    ByteBuffer bytes = ByteBuffer.allocate(68).order(ByteOrder.LITTLE_ENDIAN).putLong(60);
    bytes.put("%-60s".formatted(header).getBytes(StandardCharsets.US_ASCII));
    Files.write(file, bytes.array());
    assertThat(TensorFile.open(file).names()).containsExactly("a");
  }

  @Test
  void aFileCutAnywhereIsRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(Goldens.directory().resolve("files/dtypes.safetensors"));
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TensorFile.open(file))
          .as("cut to %d bytes", length)
          .isInstanceOf(FileFormatException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void changedBytesAreReadOrRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(Goldens.directory().resolve("files/dtypes.safetensors"));
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      Files.write(file, changed);
      try {
        assertThat(TensorFile.open(file).names()).isNotNull();
      } catch (FileFormatException e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
      }
    }
  }

  @Test
  void asksForTheRightKindOfNumbers() throws IOException {
    SafetensorsFile dtypes =
        SafetensorsFile.open(Goldens.directory().resolve("files/dtypes.safetensors"));
    assertThatThrownBy(() -> dtypes.floats("i64"))
        .hasMessageEndingWith("i64 holds whole numbers (I64)");
    assertThatThrownBy(() -> dtypes.longs("bf16"))
        .hasMessageEndingWith("bf16 holds fractions (BF16)");
    assertThatThrownBy(() -> dtypes.shape("nosuch"))
        .hasMessageContaining("dtypes.safetensors holds no tensor nosuch; it holds ");
  }
}
