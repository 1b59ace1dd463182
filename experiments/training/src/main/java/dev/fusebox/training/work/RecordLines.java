package dev.fusebox.training.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.Lines;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A JSONL file with one record per line.
 *
 * @param type of the records
 * @param fields of a line, as named in an error message
 */
record RecordLines<T extends Record>(Class<T> type, String fields) {

  private static final ObjectMapper LINES =
      new ObjectMapper()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  /**
   * Reads all records.
   *
   * @throws UserError if a line is not such a record
   */
  List<T> read(Path file) throws IOException {
    List<T> records = new ArrayList<>();
    for (String line : lines(file)) {
      try {
        records.add(Objects.requireNonNull(LINES.readValue(line, type)));
      } catch (JsonProcessingException | NullPointerException e) {
        String found = Lines.folded(line, 1, "in the file");
        throw new UserError(
            "%s, line %d: %s expected, found %s".formatted(file, records.size() + 1, fields, found),
            e);
      }
    }
    return records;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new UserError(file + ": is not as it was written: not UTF-8", e);
    }
  }

  /** Writes all records, replacing what was there. */
  void write(Path file, List<T> records) throws IOException {
    StringBuilder text = new StringBuilder();
    for (T each : records) {
      text.append(LINES.writeValueAsString(each)).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }
}
