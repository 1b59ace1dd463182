package dev.fusebox.training.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.training.task.PassageAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code passages.jsonl}: a line for each question that passages were retrieved for. */
public final class PassagesFile {

  /** Its usual name. */
  public static final String NAME = "passages.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();

  private PassagesFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line is none of ours
   */
  public static List<PassageAnswer> read(Path file) throws IOException {
    List<PassageAnswer> answers = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        answers.add(LINES.readValue(line, PassageAnswer.class));
      } catch (JsonProcessingException e) {
        throw new UserError(
            "%s, line %d: id, gold, named, all and without expected, found %s"
                .formatted(file, answers.size() + 1, line),
            e);
      }
    }
    return answers;
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<PassageAnswer> answers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (PassageAnswer answer : answers) {
      text.append(LINES.writeValueAsString(answer)).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }
}
