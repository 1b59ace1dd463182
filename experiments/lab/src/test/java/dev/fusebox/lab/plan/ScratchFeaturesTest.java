package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.ScratchCopies;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.FeatureSource;
import dev.fusebox.questions.picture.PatchSettings;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFeaturesTest {

  @TempDir Path folder;
  private Path data;
  private Path scratch;

  @BeforeEach
  void write() throws IOException {
    data = folder.resolve("data");
    scratch = folder.resolve("scratch");
    DemoData.write(DemoSettings.of(40, 1), data);
  }

  private PictureFeatures pictures(Optional<Path> near) throws IOException {
    FileHashes hashes = new FileHashes(folder.resolve("hashes"), false);
    return new OpenedFiles(
            folder.resolve("cache"), near.map(ScratchCopies::new), hashes, PictureBackbone.BUILT_IN)
        .pictures(
            data,
            new FeatureSettings(
                FeatureSource.DETR,
                false,
                Optional.empty(),
                Optional.empty(),
                new PatchSettings(16, 4)),
            Control.NONE,
            1);
  }

  /** The vectors of the first picture. */
  private float[] first(PictureFeatures pictures) throws IOException {
    String id =
        Datasets.open(data).split("test").stream()
            .filter(Question::picture)
            .findFirst()
            .orElseThrow()
            .id();
    float[] numbers = new float[pictures.patches() * pictures.width()];
    assertThat(pictures.read(id, FloatBuffer.wrap(numbers))).isEqualTo(pictures.patches());
    return numbers;
  }

  private Path copy() throws IOException {
    try (Stream<Path> copies = Files.list(scratch)) {
      return copies.filter(file -> file.toString().endsWith(".npy")).findFirst().orElseThrow();
    }
  }

  @Test
  void vectorsAreReadFromTheCopy() throws IOException {
    float[] whereTheyAre = first(pictures(Optional.empty()));
    assertThat(first(pictures(Optional.of(scratch)))).containsExactly(whereTheyAre);
    assertThat(copy()).hasSameBinaryContentAs(data.resolve("vision_features/detr.npy"));
    writeOver(copy(), 1);
    assertThat(first(pictures(Optional.of(scratch)))).containsOnly(1).isNotEqualTo(whereTheyAre);
  }

  @Test
  void whatIsWrongWithThemIsToldOfTheFileThatWasNamed() throws IOException {
    pictures(Optional.of(scratch));
    writeOver(copy(), Float.NaN);
    assertThatThrownBy(() -> first(pictures(Optional.of(scratch))))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(data.resolve("vision_features/detr.npy") + ": the features of");
  }

  /** All numbers behind the header. */
  private static void writeOver(Path npy, float number) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(npy.toFile(), "rw")) {
      file.seek(8);
      int header = Short.toUnsignedInt(Short.reverseBytes(file.readShort()));
      file.seek(10 + header);
      int bits = Integer.reverseBytes(Float.floatToRawIntBits(number));
      for (long at = file.getFilePointer(); at < file.length(); at += Float.BYTES) {
        file.writeInt(bits);
      }
    }
  }
}
