package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path folder;

  @Test
  void whatFailsLeavesTheFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "before");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    output -> {
                      output.write('x');
                      throw new IOException("gone");
                    }))
        .hasMessage(file + ": gone");
    assertThat(file).hasContent("before");
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void whatFailsOfALargeOneLeavesTheFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("weights.bin"), "before");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    4,
                    path -> {
                      Files.writeString(path, "half");
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": gone");
    assertThat(file).hasContent("before");
    assertThat(folder.toFile().list()).containsExactly("weights.bin");
  }

  @Test
  void whatHasNoRoomIsRefusedBeforeAnythingIsWritten() {
    Path file = folder.resolve("weights.bin");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    Long.MAX_VALUE,
                    path -> {
                      throw new AssertionError("begun");
                    }))
        .hasMessageMatching(
            "\\Q%s\\E: No space left on device: it takes 9,223,372,036,854,775,807 bytes, [\\d,]+ are free"
                .formatted(file));
    assertThat(folder).isEmptyDirectory();
  }

  /** The damaged file is told, not the one that was to be made of it. */
  @Test
  void aDamagedSourceIsToldByItsOwnName() {
    Path source = folder.resolve("source.bin");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    folder.resolve("a.bin"),
                    output -> {
                      throw new FileFormatException(source, "damaged");
                    }))
        .hasMessage(source + ": damaged");
  }

  /** A checkpoint is there to be shared, also in a folder of several people. */
  @Test
  void mayBeReadByAllWhoMayReadOtherFiles() throws IOException {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "files have no permissions here");
    Path other = Files.writeString(folder.resolve("other.txt"), "x");
    Path small = folder.resolve("small.txt");
    Path large = folder.resolve("weights.bin");
    WholeFile.write(small, output -> output.write('x'));
    WholeFile.write(large, 1, path -> Files.writeString(path, "x"));
    assertThat(Files.getPosixFilePermissions(small))
        .isEqualTo(Files.getPosixFilePermissions(other));
    assertThat(Files.getPosixFilePermissions(large))
        .isEqualTo(Files.getPosixFilePermissions(other));
  }
}
