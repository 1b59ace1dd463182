package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TorchArrayGoldenTest {

  private static final Path FILES = Path.of(System.getProperty("fusebox.goldens"), "files");

  @Test
  void torchFilesHoldTheSameNumbersAsNumPys() throws IOException {
    FeatureArray reference = NpyFile.open(FILES.resolve("features.npy"));
    List<Path> torchFiles = torchFiles();
    assertThat(torchFiles).hasSizeGreaterThanOrEqualTo(2);
    for (Path file : torchFiles) {
      FeatureArray array = TorchArray.open(file);
      for (long row = 0; row < reference.rows(); row++) {
        assertThat(NpyFileGoldenTest.row(array, row))
            .as("%s, row %d", file, row)
            .isEqualTo(NpyFileGoldenTest.row(reference, row));
      }
    }
  }

  @Test
  void aFileOfSeveralTensorsIsRefused() {
    Path several = FILES.resolve("dtypes.bin");
    assertThatThrownBy(() -> TorchArray.open(several))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(several + " must hold one tensor, found ");
  }

  @Test
  void aFileThatIsNotTorchsIsRefused() {
    assertThatThrownBy(() -> TorchArray.open(FILES.resolve("features.npy")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(FILES.resolve("features.npy") + ": ");
  }

  private static List<Path> torchFiles() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.filter(file -> file.toString().matches(".*/features.*\\.pth")).sorted().toList();
    }
  }
}
