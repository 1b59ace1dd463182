package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFilesTest {

  @TempDir private Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("a.json"), content);
  }

  @Test
  void whatIsDamagedIsNamedWithWhatHelps() throws IOException {
    Path cut = file(new byte[] {'{', '"', 'a', '"'});
    assertThatThrownBy(() -> JsonFiles.read(cut))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(cut + ": is no JSON (")
        .hasMessageEndingWith("Delete it and run again.");
  }

  /** Four bytes of which three are 0 begin a text of UTF-32, which then goes on as another. */
  @Test
  void whatBeginsInAnotherEncodingIsToo() throws IOException {
    Path mixed = file(new byte[] {0, 0, 0, ' ', '{', '"', 'a', '"'});
    assertThatThrownBy(() -> JsonFiles.read(mixed))
        .isInstanceOf(UserError.class)
        .hasMessage(mixed + ": is no JSON (not UTF-8 text). Delete it and run again.");
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Path whole = file("{\"a\": [1, 2]}".getBytes(StandardCharsets.UTF_8));
    JsonFiles.write(folder.resolve("b.json"), JsonFiles.read(whole));
    assertThat(JsonFiles.read(folder.resolve("b.json"))).isEqualTo(JsonFiles.read(whole));
  }
}
