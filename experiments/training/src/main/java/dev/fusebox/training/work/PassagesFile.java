package dev.fusebox.training.work;

import dev.fusebox.file.UserError;
import dev.fusebox.training.task.PassageAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code passages.jsonl}: a line for each question that passages were retrieved for. */
public final class PassagesFile {

  /** Its usual name. */
  public static final String NAME = "passages.jsonl";

  private static final RecordLines<PassageAnswer> LINES =
      new RecordLines<>(PassageAnswer.class, "id, gold, named, all and without");

  private PassagesFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line has other fields
   */
  public static List<PassageAnswer> read(Path file) throws IOException {
    return LINES.read(file);
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<PassageAnswer> answers) throws IOException {
    LINES.write(file, answers);
  }
}
