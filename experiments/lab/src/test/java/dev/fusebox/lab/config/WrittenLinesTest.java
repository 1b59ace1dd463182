package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenLinesTest {

  @TempDir Path folder;
  private final WrittenLines lines = new WrittenLines();
  private String file;

  @BeforeEach
  void write() throws IOException {
    Path path = Files.writeString(folder.resolve("a.conf"), "one\n\nthree");
    file = path.toString();
    Files.writeString(folder.resolve("b.conf"), "other");
  }

  @Test
  void linesCountFromOne() {
    assertThat(lines.line(file, 1)).isEqualTo("one");
    assertThat(lines.line(file, 2)).isEmpty();
    assertThat(lines.line(folder.resolve("b.conf").toString(), 1)).isEqualTo("other");
    assertThat(lines.line(file, 3)).isEqualTo("three");
    assertThat(lines.line(file, 4)).as("behind the end").isEmpty();
  }

  @Test
  void aFileThatWasChangedIsReadAgain() throws IOException {
    assertThat(lines.line(file, 1)).isEqualTo("one");
    Path path = Path.of(file);
    FileTime before = Files.getLastModifiedTime(path);
    Files.writeString(path, "longer");
    Files.setLastModifiedTime(path, before);
    assertThat(lines.line(file, 1)).as("of another size").isEqualTo("longer");
    Files.writeString(path, "as big");
    Files.setLastModifiedTime(path, FileTime.fromMillis(before.toMillis() + 5000));
    assertThat(lines.line(file, 1)).as("of another time").isEqualTo("as big");
  }

  @Test
  void whatIsNoTextHasNoLines() throws IOException {
    assertThat(lines.line("command line", 1)).isEmpty();
    assertThat(lines.line(folder.toString(), 1)).isEmpty();
    assertThat(lines.line("a\u0000b", 1)).isEmpty();
    Files.write(folder.resolve("a.conf"), "größe".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(lines.line(file, 1)).isEmpty();
  }
}
