package dev.fusebox.training.work;

import dev.fusebox.file.UserError;
import dev.fusebox.training.task.VersionAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code versions.jsonl}: a line for each version of a question that was asked. */
public final class VersionsFile {

  /** Its usual name. */
  public static final String NAME = "versions.jsonl";

  private static final RecordLines<VersionAnswer> LINES =
      new RecordLines<>(VersionAnswer.class, "every, id, version and option");

  private VersionsFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line has other fields
   */
  public static List<VersionAnswer> read(Path file) throws IOException {
    return LINES.read(file);
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<VersionAnswer> answers) throws IOException {
    LINES.write(file, answers);
  }
}
