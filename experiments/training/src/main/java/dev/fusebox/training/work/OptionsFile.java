package dev.fusebox.training.work;

import dev.fusebox.file.UserError;
import dev.fusebox.training.task.OptionProbabilities;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code options.jsonl}: a line per question of {@code id}, {@code probabilities} of its options
 * and {@code right}, the index of the right one.
 */
public final class OptionsFile {

  /** Its usual name. */
  public static final String NAME = "options.jsonl";

  private static final RecordLines<OptionProbabilities> LINES =
      new RecordLines<>(OptionProbabilities.class, "id, probabilities and right");

  private OptionsFile() {}

  /**
   * Reads them.
   *
   * @throws UserError if a line has other fields
   */
  public static List<OptionProbabilities> read(Path file) throws IOException {
    return LINES.read(file);
  }

  /** Writes all of them, replacing what was there. */
  static void write(Path file, List<OptionProbabilities> answers) throws IOException {
    LINES.write(file, answers);
  }
}
