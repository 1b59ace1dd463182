package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies under a record's name and is none is told in a line. */
class RecordFileTest {

  @TempDir private Path folder;

  private void refused(String text, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("claims.json"), text);
    assertThatThrownBy(() -> RecordFile.read(file, ClaimsRecord.class))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void whatIsNoObjectIsShownAsFarAsALineGoes() throws IOException {
    refused("", "expected an object, found nothing");
    refused("[1, 2]", "expected an object, found [1,2]");
    String sixty = "\"" + "x".repeat(58) + "\"";
    refused(sixty, "expected an object, found " + sixty);
    refused("\"" + "x".repeat(59) + "\"", "expected an object, found \"" + "x".repeat(59) + "...");
  }

  @Test
  void anotherSchemaIsNamed() throws IOException {
    for (String schema : List.of("0", "2", "1.5", "\"1\"", "null", "4294967297")) {
      refused(
          "{\"schema\": " + schema + "}",
          "has schema "
              + schema
              + ", and this Fusebox reads 1. Read it with the Fusebox that wrote it");
    }
  }

  @Test
  void aRecordWithoutAChecksumWasChanged() throws IOException {
    refused(
        "{\"schema\": 1, \"claims\": []}",
        "was changed since it was written: its checksum differs");
  }
}
