package dev.fusebox.training.work;

import dev.fusebox.file.UserError;
import dev.fusebox.training.task.CrossedAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code crossed.jsonl}: a line for each text beside each picture. */
public final class CrossedFile {

  /** Its usual name. */
  public static final String NAME = "crossed.jsonl";

  private static final RecordLines<CrossedAnswer> LINES =
      new RecordLines<>(CrossedAnswer.class, "text, picture, probabilities and right");

  private CrossedFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line has other fields
   */
  public static List<CrossedAnswer> read(Path file) throws IOException {
    return LINES.read(file);
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<CrossedAnswer> answers) throws IOException {
    LINES.write(file, answers);
  }
}
