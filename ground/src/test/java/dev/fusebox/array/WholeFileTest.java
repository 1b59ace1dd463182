package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {

  @TempDir private Path directory;

  /** A checkpoint is there to be shared, also in a folder of several people. */
  @Test
  void mayBeReadByAllWhoMayReadOtherFiles() throws IOException {
    assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "files have no permissions here");
    Path other = Files.writeString(directory.resolve("other.txt"), "x");
    Path file = directory.resolve("weights.bin");
    WholeFile.write(file, path -> Files.writeString(path, "x"));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void whatFailsIsToldWithTheFilesNameAndLeavesItAsItWas() throws IOException {
    Path file = Files.writeString(directory.resolve("weights.bin"), "before");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    path -> {
                      Files.writeString(path, "half");
                      throw new IOException("gone");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": gone");
    assertThat(file).hasContent("before");
    assertThat(directory.toFile().list()).containsExactly("weights.bin");
  }
}
