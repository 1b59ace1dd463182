package dev.fusebox.training.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.training.task.CrossedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code crossed.jsonl}: a line for each text beside each picture. */
public final class CrossedFile {

  /** Its usual name. */
  public static final String NAME = "crossed.jsonl";

  private static final ObjectMapper LINES = new ObjectMapper();

  private CrossedFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line is none of ours
   */
  public static List<CrossedAnswer> read(Path file) throws IOException {
    List<CrossedAnswer> answers = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        answers.add(LINES.readValue(line, CrossedAnswer.class));
      } catch (JsonProcessingException e) {
        throw new UserError(
            "%s, line %d: text, picture, probabilities and right expected, found %s"
                .formatted(file, answers.size() + 1, line),
            e);
      }
    }
    return answers;
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<CrossedAnswer> answers) throws IOException {
    StringBuilder text = new StringBuilder();
    for (CrossedAnswer answer : answers) {
      text.append(LINES.writeValueAsString(answer)).append('\n');
    }
    JsonFiles.text(file, text.toString());
  }
}
