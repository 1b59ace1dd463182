package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyFile;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionRecordTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFeatures() throws IOException {
    file = folder.resolve("mine.npy");
    try (NpyWriter writer = NpyWriter.floats(file, 1, 2, 3)) {
      writer.write(new float[6]);
    }
  }

  private FeatureArray array() throws IOException {
    return NpyFile.open(file);
  }

  @Test
  void aFileWithoutARecordOrWithItsOwnPasses() throws IOException {
    assertThatCode(() -> ExtractionRecord.requireFits(array())).doesNotThrowAnyException();
    Files.writeString(folder.resolve("mine.json"), "{\"rows\": 1, \"patches\": 2, \"width\": 3}");
    assertThatCode(() -> ExtractionRecord.requireFits(array())).doesNotThrowAnyException();
    Files.writeString(folder.resolve("mine.json"), "{\"of\": \"something else\"}");
    assertThatCode(() -> ExtractionRecord.requireFits(array())).doesNotThrowAnyException();
  }

  @Test
  void numbersOfAnotherExtractionOfTheSameShapeAreTold() throws IOException {
    FileHashes hashes = FileHashes.ofThisProcess();
    String hash = hashes.of(file);
    Files.writeString(
        folder.resolve("mine.json"), "{\"rows\": 1, \"sha256\": \"%s\"}".formatted(hash));
    assertThatCode(() -> ExtractionRecord.requireUnchanged(array(), hashes))
        .doesNotThrowAnyException();
    try (NpyWriter writer = NpyWriter.floats(file, 1, 2, 3)) {
      writer.write(new float[] {1, 0, 0, 0, 0, 0});
    }
    assertThatThrownBy(() -> ExtractionRecord.requireUnchanged(array(), hashes))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s does not hold the numbers that mine.json beside it tells of: it has their shape, but its sha256 is %s, not %s: the two are not of the same extraction. Extract again, or take the record away",
            file, hashes.of(file), hash);
    Files.writeString(folder.resolve("mine.json"), "{\"rows\": 1}");
    assertThatCode(() -> ExtractionRecord.requireUnchanged(array(), hashes))
        .as("of an earlier version")
        .doesNotThrowAnyException();
  }

  @Test
  void aRecordOfAnotherExtractionIsTold() throws IOException {
    Files.writeString(folder.resolve("mine.json"), "{\"rows\": 1, \"patches\": 49, \"width\": 3}");
    assertThatThrownBy(() -> ExtractionRecord.requireFits(array()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s has patches = 2, but mine.json beside it says 49: the two are not of the same extraction. Extract again, or take the record away",
            file);
  }
}
