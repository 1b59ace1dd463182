package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyWriterTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path file = folder.resolve("deep/er/detr.npy");
    try (NpyWriter writer = NpyWriter.floats(file, 2, 2, 3)) {
      writer.write(1, 2, 3, 4, 5, 6);
      writer.write(-1, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, -0f, 1e-30f);
      assertThat(file).doesNotExist();
    }
    FeatureArray array = NpyFile.open(file);
    assertThat(array.rows()).isEqualTo(2);
    assertThat(array.patches()).isEqualTo(2);
    assertThat(array.width()).isEqualTo(3);
    assertThat(NpyFileGoldenTest.row(array, 0)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(NpyFileGoldenTest.row(array, 1))
        .containsExactly(-1, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, -0f, 1e-30f);
    assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
    assertThat(Files.size(file) % 64).isEqualTo(2 * 6 * 4);
  }

  @Test
  void theHeaderIsNumPys() throws IOException {
    Path file = folder.resolve("a.npy");
    NpyWriter.floats(file, 0, 4, 3).close();
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .startsWith(
            "\u0093NUMPY\u0001\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4, 3), } ")
        .endsWith(" \n")
        .hasSize(128);
    NpyWriter.bytes(file, 0).close();
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("{'descr': '|u1', 'fortran_order': False, 'shape': (0,), } ");
  }

  @Test
  void bytesAreReadBackUnsigned() throws IOException {
    Path file = folder.resolve("patches.npy");
    try (NpyWriter writer = NpyWriter.bytes(file, 1, 1, 3)) {
      writer.write(new byte[] {0, 127, -1});
    }
    assertThat(NpyFileGoldenTest.row(NpyFile.open(file), 0)).containsExactly(0, 127, 255);
  }

  @Test
  void anUnfinishedFileIsNotKept() throws IOException {
    Path file = folder.resolve("detr.npy");
    NpyWriter writer = NpyWriter.floats(file, 2, 3);
    writer.write(1, 2, 3);
    assertThatThrownBy(writer::close)
        .isInstanceOf(IOException.class)
        .hasMessage(file + " was to have 2 rows, 1 were written: not kept");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aRowOfTheWrongLengthIsRefused() throws IOException {
    Path file = folder.resolve("detr.npy");
    NpyWriter writer = NpyWriter.floats(file, 2, 3);
    assertThatThrownBy(() -> writer.write(1, 2))
        .hasMessage("a row of " + file + " must have 3 numbers, found 2");
    assertThatThrownBy(writer::close).hasMessageContaining("0 were written");
  }

  @Test
  void aFileThatIsCutOffIsNamed() throws IOException {
    Path file = folder.resolve("detr.npy");
    try (NpyWriter writer = NpyWriter.floats(file, 2, 1, 3)) {
      writer.write(1, 2, 3);
      writer.write(4, 5, 6);
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 4));
    assertThatThrownBy(() -> NpyFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + " is cut off: shape (2, 1, 3) in F32 needs 152 bytes, the file has 148");
    Files.write(file, Arrays.copyOf(whole, 40));
    assertThatThrownBy(() -> NpyFile.open(file)).hasMessage(file + " is cut off inside its header");
  }

  @Test
  void somethingElseIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("detr.npy"), "<html>404 not found</html>");
    assertThatThrownBy(() -> NpyFile.open(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + " is no npy file: it does not start with \\x93NUMPY");
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    assertThatThrownBy(() -> NpyFile.open(file))
        .hasMessage(
            file + ": a pointer of Git LFS, not the file itself; fetch it with: git lfs pull");
  }

  @Test
  void emptyAndBoundlessFilesAreNamed() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.npy"));
    assertThatThrownBy(() -> NpyFile.open(empty))
        .isInstanceOf(UserError.class)
        .hasMessage(empty + " is empty");
    assertThatThrownBy(() -> NpyFile.open(Path.of("/dev/zero")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("/dev/zero: not a regular file");
    for (String shape :
        new String[] {
          "(5, 0, 256)", "(5, 0)", "(1, 100000000, 100000000)", "(99999999999999999999, 2)"
        }) {
      Path file = folder.resolve("shape.npy");
      String header = "{'descr': '<f4', 'fortran_order': True, 'shape': %s, }\n".formatted(shape);
      Files.write(file, npy(header));
      assertThatThrownBy(() -> NpyFile.open(file))
          .as(shape)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void aNumberTooLargeForFp32IsNamedWithItsRow() throws IOException {
    byte[] bytes = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1, 2), }\n");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putDouble(bytes.length - 64 + 24, 1e300);
    Path file = Files.write(folder.resolve("wide.npy"), bytes);
    FeatureArray array = NpyFile.open(file);
    assertThat(NpyFileGoldenTest.row(array, 0)).containsOnly(0);
    assertThatThrownBy(() -> NpyFileGoldenTest.row(array, 1))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": row 1 holds 1.0E300, more than fp32 can hold");
  }

  private static byte[] npy(String header) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + text.length + 64)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(NpyFile.MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  @Test
  void moreThanThreeAxesAreRefused() throws IOException {
    Path file = folder.resolve("frames.npy");
    try (NpyWriter writer = NpyWriter.floats(file, 1, 1, 1, 1)) {
      writer.write(0f);
    }
    assertThatThrownBy(() -> NpyFile.open(file))
        .hasMessage(
            file
                + ": features must have 3 axes (pictures, patches, width) or 2 (pictures, width),"
                + " found shape (1, 1, 1, 1)");
  }
}
