package dev.fusebox.training.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.training.task.VersionAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code versions.jsonl}: a line for each version of a question that was asked. */
public final class VersionsFile {

  /** Its usual name. */
  public static final String NAME = "versions.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();

  private VersionsFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line is none of ours
   */
  public static List<VersionAnswer> read(Path file) throws IOException {
    List<VersionAnswer> answers = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        answers.add(LINES.readValue(line, VersionAnswer.class));
      } catch (JsonProcessingException e) {
        throw new UserError(
            "%s, line %d: every, id, version and option expected, found %s"
                .formatted(file, answers.size() + 1, line),
            e);
      }
    }
    return answers;
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<VersionAnswer> answers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (VersionAnswer answer : answers) {
      text.append(LINES.writeValueAsString(answer)).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }
}
