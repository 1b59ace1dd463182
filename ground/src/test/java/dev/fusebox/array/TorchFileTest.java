package dev.fusebox.array;

import static dev.fusebox.array.TorchArchives.pickle;
import static dev.fusebox.array.TorchArchives.tensor;
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
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TorchFileTest {

  private static final byte[] ONE_TO_FOUR =
      ByteBuffer.allocate(16)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putFloat(1)
          .putFloat(2)
          .putFloat(3)
          .putFloat(4)
          .array();

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("model.bin");
  }

  private TorchFile open(String program) throws IOException {
    return TorchFile.open(
        TorchArchives.write(file, pickle(program), Map.of("data/0", ONE_TO_FOUR)));
  }

  @Test
  void readsViewsOfOneStorage() throws IOException {
    TorchFile found =
        open(
            "}(U\\x01a"
                + tensor(0, "K\\x02K\\x02\\x86", "K\\x02K\\x01\\x86")
                + "U\\x01t"
                + tensor(0, "K\\x02K\\x02\\x86", "K\\x01K\\x02\\x86")
                + "U\\x01r"
                + tensor(1, "K\\x02K\\x03\\x86", "K\\x01K\\x00\\x86")
                + "u.");
    assertThat(found.floats("a")).containsExactly(1, 2, 3, 4);
    assertThat(found.floats("t")).containsExactly(1, 3, 2, 4);
    assertThat(found.floats("r")).containsExactly(2, 2, 2, 3, 3, 3);
  }

  @Test
  void readsAParameterAsItsTensor() throws IOException {
    TorchFile found =
        open(
            "}U\\x01pctorch._utils\n_rebuild_parameter\n("
                + tensor(0, "K\\x04\\x85", "K\\x01\\x85")
                + "\\x88ccollections\nOrderedDict\n)RtRs.");
    assertThat(found.floats("p")).containsExactly(1, 2, 3, 4);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          1 | K\\x04\\x85                 | K\\x01\\x85         | too long
          0 | K\\x02K\\x02\\x86           | K\\x03K\\x01\\x86   | rows too far apart
          0 | J\\xff\\xff\\xff\\xff\\x85  | K\\x01\\x85         | negative extent
          1 | K\\x02\\x85                 | J\\xff\\xff\\xff\\xff\\x85 | negative stride
          0 | K\\x02\\x85                 | )                   | too few strides
          0 | \\x8a\\x08\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f\\x8a\\x08\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x7f\\x86 | K\\x01K\\x01\\x86 | overflowing
          """)
  void refusesATensorThatReachesPastItsStorage(
      int offset, String shape, String strides, String what) {
    assertThatThrownBy(() -> open("}U\\x01a" + tensor(offset, shape, strides) + "s."))
        .as(what)
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(file + ": a, shape ")
        .hasMessageEndingWith("reaches past its storage of 4 numbers");
  }

  @Test
  void refusesStoragesThatAreMissingOrShort() throws IOException {
    byte[] program = pickle("}U\\x01a" + tensor(0, "K\\x04\\x85", "K\\x01\\x85") + "s.");
    TorchArchives.write(file, program, Map.of());
    assertThatThrownBy(() -> TorchFile.open(file))
        .hasMessage(file + ": damaged: the numbers of a are missing (data/0)");
    TorchArchives.write(file, program, Map.of("data/0", new byte[12]));
    assertThatThrownBy(() -> TorchFile.open(file))
        .hasMessage(
            file + ": damaged: the storage of a should hold 4 numbers of F32, but has 12 bytes");
  }

  @Test
  void refusesBigEndianNumbers() throws IOException {
    byte[] order = "big".getBytes(StandardCharsets.US_ASCII);
    TorchArchives.write(file, pickle("}."), Map.of("byteorder", order));
    assertThatThrownBy(() -> TorchFile.open(file))
        .hasMessage(file + ": its numbers are big-endian; only little-endian is read");
  }

  @Test
  void refusesListsThatHoldThemselvesOrMultiply() {
    String problem = file + ": its dicts and lists hold too much or each other";
    assertThatThrownBy(() -> open("]q\\x00h\\x00a.")).hasMessage(problem);
    String laughs =
        "]K\\x01a" + "q\\x00](h\\x00h\\x00h\\x00h\\x00h\\x00h\\x00h\\x00h\\x00e".repeat(20);
    assertThatThrownBy(() -> open(laughs + ".")).hasMessage(problem);
  }

  @Test
  void refusesZipsOfOthers() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("readme"));
      zip.write(1);
    }
    assertThatThrownBy(() -> TensorFile.open(file))
        .hasMessage(file + ": readme is compressed, which torch never does");
    TorchArchives.write(file, pickle("}."));
    byte[] renamed =
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
            .replace("data.pkl", "dada.pkl")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, renamed);
    assertThatThrownBy(() -> TensorFile.open(file))
        .hasMessage(file + ": a zip, but not of torch.save: it has 0 data.pkl");
  }

  @Test
  void aFileCutAnywhereIsRefusedByName() throws IOException {
    byte[] whole = Files.readAllBytes(Goldens.directory().resolve("files/features.pth"));
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
    byte[] whole = Files.readAllBytes(Goldens.directory().resolve("files/dtypes.bin"));
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      Files.write(file, changed);
      try {
        TensorFile found = TensorFile.open(file);
        for (StoredTensor tensor : found.tensors().values()) {
          found.digest(tensor.name());
        }
      } catch (FileFormatException e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
      }
    }
  }

  @Test
  void refusesAPointerOfGitLfsAndABarePickle() throws IOException {
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    assertThatThrownBy(() -> TensorFile.open(file))
        .hasMessage(
            file + ": a pointer of Git LFS, not the file itself; fetch it with: git lfs pull");
    Files.writeString(file, "<!DOCTYPE html>");
    assertThatThrownBy(() -> TensorFile.open(file))
        .hasMessage(
            file + ": a web page, not a tensor file; it may say what went wrong with the download");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> TensorFile.open(file))
        .hasMessage(file + ": an empty file; download it again");
    Files.write(file, pickle("\\x80\\x04}."));
    assertThatThrownBy(() -> TensorFile.open(file))
        .hasMessage(
            file + ": a bare pickle, not a file of torch.save since 1.6 and not safetensors");
  }
}
