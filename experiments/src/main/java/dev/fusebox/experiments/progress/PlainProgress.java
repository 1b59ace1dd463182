package dev.fusebox.experiments.progress;

import dev.fusebox.experiments.ablation.AblationListener;
import dev.fusebox.experiments.ablation.PlannedRun;
import dev.fusebox.experiments.pipeline.Stage;
import dev.fusebox.experiments.pipeline.StageProgress;
import dev.fusebox.experiments.report.RunResult;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * In a pipe or a log: a line where a stage begins, now and then while it runs, where a run ends.
 */
final class PlainProgress implements AblationListener {

  private static final Duration BETWEEN = Duration.ofSeconds(30);

  private final PrintStream out;
  private final Workload load;
  private final Interruption interruption;

  PlainProgress(PrintStream out, Workload load, Interruption interruption) {
    this.out = out;
    this.load = load;
    this.interruption = interruption;
  }

  @Override
  public StageProgress begins(PlannedRun run, Stage stage) {
    String title = "  " + run.title() + "   " + stage.title();
    out.println(title);
    return new StageProgress() {
      private Instant last = Instant.now();
      private String figures = "";

      @Override
      public void at(long done, long total) {
        if (Duration.between(last, Instant.now()).compareTo(BETWEEN) > 0) {
          last = Instant.now();
          out.println(
              "%s  %d %%  %s".formatted(title, 100 * done / total, figures).stripTrailing());
        }
      }

      @Override
      public void say(String text) {
        figures = text;
      }

      @Override
      public boolean cancelled() {
        return interruption.asked();
      }
    };
  }

  @Override
  public void ended(PlannedRun run, Stage stage) {
    load.done(stage);
  }

  @Override
  public void ended(PlannedRun run, RunResult result, String figures, Duration took) {
    out.println(RunLines.of(run, result, figures, took));
  }
}
