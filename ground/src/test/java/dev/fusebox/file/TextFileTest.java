package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextFileTest {

  private static final String TEXT = "{\"a\": \"é 漢 😀\"}\nb";

  @TempDir Path folder;

  /** An encoding, and the text with or without a mark in front. */
  private record Saved(Charset charset, String text) {}

  static List<Saved> savedByPeople() {
    return Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
        .flatMap(
            charset -> Stream.of(new Saved(charset, TEXT), new Saved(charset, "\uFEFF" + TEXT)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("savedByPeople")
  void readsWhatEditorsSave(Saved saved) throws IOException {
    Path file = Files.write(folder.resolve("x"), saved.text().getBytes(saved.charset()));
    assertThat(TextFile.lines(file)).containsExactly("{\"a\": \"é 漢 😀\"}", "b");
  }

  @Test
  void linesEndAsTheyDoAnywhere() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "a\r\nb\rc\nd");
    assertThat(TextFile.lines(file)).containsExactly("a", "b", "c", "d");
    assertThat(TextFile.lines(Files.writeString(folder.resolve("empty"), ""))).isEmpty();
  }

  @Test
  void whatIsNoTextIsNamedWithItsLine() throws IOException {
    Path latin = folder.resolve("latin");
    Files.write(latin, ("a\n".repeat(20_000) + "ì b").getBytes(StandardCharsets.ISO_8859_1));
    refused(
        latin,
        "line 20001: not UTF-8: byte 0xEC (ì in Latin-1); save the file as UTF-8, for instance with"
            + " iconv -f latin1 -t utf-8");
    Path cut = Files.write(folder.resolve("cut"), new byte[] {'a', (byte) 0xe6, (byte) 0xbc});
    refused(
        cut,
        "line 1: not UTF-8: byte 0xE6 (æ in Latin-1); save the file as UTF-8, for instance with"
            + " iconv -f latin1 -t utf-8");
  }

  /** 0xA0 is the first byte that Latin-1 has a letter or sign for beyond ASCII. */
  @Test
  void aByteThatLatin1HasNoSignForIsNamedAlone() throws IOException {
    Path file = Files.write(folder.resolve("x"), new byte[] {'a', (byte) 0x9f});
    refused(
        file,
        "line 1: not UTF-8: byte 0x9F; save the file as UTF-8, for instance with iconv -f latin1 -t"
            + " utf-8");
    Files.write(file, new byte[] {'a', '\n', (byte) 0xa1});
    refused(
        file,
        "line 2: not UTF-8: byte 0xA1 (¡ in Latin-1); save the file as UTF-8, for instance with iconv"
            + " -f latin1 -t utf-8");
  }

  @Test
  void oneLetterIsAText() throws IOException {
    assertThat(TextFile.lines(Files.writeString(folder.resolve("x"), "B"))).containsExactly("B");
    byte[] wide = "B".getBytes(StandardCharsets.UTF_16LE);
    assertThat(TextFile.lines(Files.write(folder.resolve("x"), wide))).containsExactly("B");
  }

  @Test
  void whatIsNoFileIsNamed() {
    refused(folder, "is a folder, a file is expected");
    refused(folder.resolve("none"), "there is no such file");
    refused(Path.of("/dev/zero"), "is a pipe or a device, a file is expected");
  }

  private static void refused(Path file, String message) {
    assertThatThrownBy(() -> TextFile.lines(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": " + message);
  }
}
