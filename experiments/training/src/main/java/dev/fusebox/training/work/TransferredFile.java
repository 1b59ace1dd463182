package dev.fusebox.training.work;

import dev.fusebox.file.UserError;
import dev.fusebox.training.task.TransferredAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code transferred.jsonl}: a line for each question of other data that was asked. */
public final class TransferredFile {

  /** Its usual name. */
  public static final String NAME = "transferred.jsonl";

  private static final RecordLines<TransferredAnswer> LINES =
      new RecordLines<>(TransferredAnswer.class, "set, id, subjects, option, right and options");

  private TransferredFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line has other fields
   */
  public static List<TransferredAnswer> read(Path file) throws IOException {
    return LINES.read(file);
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<TransferredAnswer> answers) throws IOException {
    LINES.write(file, answers);
  }
}
