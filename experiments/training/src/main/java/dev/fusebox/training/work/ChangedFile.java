package dev.fusebox.training.work;

import dev.fusebox.file.UserError;
import dev.fusebox.training.task.ChangedAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code changed.jsonl}: a line for each question that was asked otherwise. */
public final class ChangedFile {

  /** Its usual name. */
  public static final String NAME = "changed.jsonl";

  private static final RecordLines<ChangedAnswer> LINES =
      new RecordLines<>(ChangedAnswer.class, "change, id, place, option and options");

  private ChangedFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line has other fields
   */
  public static List<ChangedAnswer> read(Path file) throws IOException {
    return LINES.read(file);
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<ChangedAnswer> answers) throws IOException {
    LINES.write(file, answers);
  }
}
