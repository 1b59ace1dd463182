package dev.fusebox.training.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.training.task.ChangedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code changed.jsonl}: a line for each question that was asked otherwise. */
public final class ChangedFile {

  /** Its usual name. */
  public static final String NAME = "changed.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();

  private ChangedFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line is none of ours
   */
  public static List<ChangedAnswer> read(Path file) throws IOException {
    List<ChangedAnswer> answers = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        answers.add(LINES.readValue(line, ChangedAnswer.class));
      } catch (JsonProcessingException e) {
        throw new UserError(
            "%s, line %d: change, id, place, option and options expected, found %s"
                .formatted(file, answers.size() + 1, line),
            e);
      }
    }
    return answers;
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<ChangedAnswer> answers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (ChangedAnswer answer : answers) {
      text.append(LINES.writeValueAsString(answer)).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }
}
