package dev.fusebox.training.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.training.task.TransferredAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code transferred.jsonl}: a line for each question of other data that was asked. */
public final class TransferredFile {

  /** Its usual name. */
  public static final String NAME = "transferred.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();

  private TransferredFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line is none of ours
   */
  public static List<TransferredAnswer> read(Path file) throws IOException {
    List<TransferredAnswer> answers = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        answers.add(LINES.readValue(line, TransferredAnswer.class));
      } catch (JsonProcessingException e) {
        throw new UserError(
            "%s, line %d: set, id, subjects, option, right and options expected, found %s"
                .formatted(file, answers.size() + 1, line),
            e);
      }
    }
    return answers;
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<TransferredAnswer> answers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (TransferredAnswer answer : answers) {
      text.append(LINES.writeValueAsString(answer)).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }
}
