package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NpyFileGoldenTest {

  private static final Path FILES = Path.of(System.getProperty("fusebox.goldens"), "files");

  @Test
  void everyLayoutHoldsTheSameNumbers() throws IOException {
    FeatureArray reference = NpyFile.open(FILES.resolve("features.npy"));
    List<Path> layouts = npyFiles("features");
    assertThat(layouts).hasSizeGreaterThanOrEqualTo(6);
    for (Path layout : layouts) {
      FeatureArray array = NpyFile.open(layout);
      assertThat(array.patches()).as("%s", layout).isEqualTo(reference.patches());
      for (long row = 0; row < reference.rows(); row++) {
        assertThat(row(array, row)).as("%s, row %d", layout, row).isEqualTo(row(reference, row));
      }
    }
  }

  @Test
  void aPooledArrayHasOneVectorPerPicture() throws IOException {
    FeatureArray reference = NpyFile.open(FILES.resolve("features.npy"));
    FeatureArray pooled = NpyFile.open(FILES.resolve("pooled.npy"));
    assertThat(pooled.patches()).isEqualTo(1);
    assertThat(pooled.width()).isEqualTo(reference.width());
    assertThat(pooled.rows()).isEqualTo(reference.rows());
    float[] first = new float[pooled.width()];
    System.arraycopy(row(reference, 1), 0, first, 0, first.length);
    assertThat(row(pooled, 1)).isEqualTo(first);
  }

  @Test
  void objectsAreRefused() {
    Path objects = FILES.resolve("object.npy");
    assertThatThrownBy(() -> NpyFile.open(objects))
        .isInstanceOf(UserError.class)
        .hasMessage(
            objects
                + " holds Python objects (descr '|O'), which are refused: reading them would run"
                + " code. Save it as numbers: np.save(file, array.astype('float32'))");
  }

  static float[] row(FeatureArray array, long row) {
    FloatBuffer numbers = FloatBuffer.allocate(array.patches() * array.width());
    array.read(row, numbers);
    assertThat(numbers.hasRemaining()).isFalse();
    return numbers.array();
  }

  private static List<Path> npyFiles(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .filter(file -> file.getFileName().toString().matches(prefix + ".*\\.npy"))
          .sorted()
          .toList();
    }
  }
}
