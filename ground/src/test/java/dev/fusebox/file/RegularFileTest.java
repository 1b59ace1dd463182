package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {

  @TempDir private Path folder;

  @Test
  void whatIsNoFileIsNamedWithWhatItIs() {
    assertThatThrownBy(() -> RegularFile.require(folder))
        .isInstanceOf(FileFormatException.class)
        .hasMessage(folder + ": a directory, where a file is expected");
    assertThatThrownBy(() -> RegularFile.require(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(folder.resolve("none") + ": no such file");
    assertThatThrownBy(() -> RegularFile.require(Path.of("/dev/null")))
        .hasMessage(
            "/dev/null: not a regular file but a pipe or a device, which need not end; copy it to a"
                + " file");
  }

  @Test
  void aFileMayBeAsLongAsItsKindAndNoLonger() throws IOException {
    Path file = Files.write(folder.resolve("a.json"), new byte[10]);
    assertThat(RegularFile.bytes(file, 10)).hasSize(10);
    assertThatThrownBy(() -> RegularFile.bytes(file, 9))
        .hasMessage(file + ": it has 10 bytes, a file of its kind at most 9");
  }

  @Test
  void brokenJsonIsToldWithItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "{\n \"a\": 1 2}");
    assertThatThrownBy(() -> RegularFile.json(file, 99))
        .hasMessageStartingWith(file + ": not valid JSON at line 2, column ");
    Files.writeString(file, "{} {}");
    assertThatThrownBy(() -> RegularFile.json(file, 99))
        .hasMessageStartingWith(file + ": not valid JSON at line 1, column ");
    Files.write(file, new byte[] {'"', (byte) 0xe9, '"', ' '});
    assertThatThrownBy(() -> RegularFile.json(file, 99))
        .hasMessageStartingWith(file + ": not valid JSON")
        .hasMessageContaining("UTF-8");
    Files.writeString(file, "[1]");
    assertThat(RegularFile.json(file, 99).get(0).intValue()).isEqualTo(1);
  }
}
