package dev.fusebox.progress;

import dev.fusebox.file.Lines;
import dev.fusebox.lab.ablation.Durations;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.result.RunResult;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What is said of a run at its end. */
final class RunLines {

  private static final String IN_RECORD = "in run.json";

  private RunLines() {}

  /**
   * The line.
   *
   * @param lines as many of a failure's reason are shown
   */
  static String of(
      PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took, int lines) {
    if (result instanceof RunResult.Failed failed) {
      return "✗ %s   failed: %s"
          .formatted(
              run.title(), Lines.folded(failed.reason(), lines, IN_RECORD).replace("\n", "\n    "));
    }
    String time = took.isZero() ? "done before" : Durations.exact(took);
    return "✓ %s   %s   %s".formatted(run.title(), percent(accuracy), time);
  }

  private static String percent(Optional<Double> accuracy) {
    return accuracy.map(value -> String.format(Locale.ROOT, "%.1f %%", value)).orElse("");
  }
}
