package dev.fusebox.experiments.progress;

import dev.fusebox.experiments.ablation.AblationListener;
import dev.fusebox.experiments.ablation.PlannedRun;
import dev.fusebox.experiments.pipeline.Stage;
import dev.fusebox.experiments.pipeline.StageProgress;
import dev.fusebox.experiments.report.RunResult;
import java.io.PrintStream;
import java.time.Duration;

/** On a terminal: one bar for the whole, one for the stage at hand; a finished run stays. */
final class TerminalProgress implements AblationListener, AutoCloseable {

  private static final int STAGE = 0;
  private static final int WHOLE = 1;

  private final LiveLines lines;
  private final Workload load;
  private final Interruption interruption;
  private final Bar whole;
  private Bar stageBar;

  TerminalProgress(PrintStream out, int width, Workload load, Interruption interruption) {
    this.lines = new LiveLines(out, width);
    this.load = load;
    this.interruption = interruption;
    this.whole = new Bar(runs(), load.total(), line -> lines.set(WHOLE, line));
  }

  private String runs() {
    return load.runsToDo() + (load.runsToDo() == 1 ? " run" : " runs");
  }

  @Override
  public StageProgress begins(PlannedRun run, Stage stage) {
    closeStage();
    Bar bar = new Bar(run.title() + "   " + stage.title(), 1, line -> lines.set(STAGE, line));
    stageBar = bar;
    return new StageProgress() {
      @Override
      public void at(long done, long total) {
        bar.at(done, total);
        whole.at(load.behind(stage, (double) done / total), load.total());
      }

      @Override
      public void say(String figures) {
        bar.say(figures);
      }

      @Override
      public boolean cancelled() {
        return interruption.asked();
      }
    };
  }

  private void closeStage() {
    if (stageBar != null) {
      stageBar.close();
      stageBar = null;
    }
  }

  @Override
  public void ended(PlannedRun run, Stage stage) {
    closeStage();
    load.done(stage);
    whole.at(load.behind(), load.total());
  }

  @Override
  public void ended(PlannedRun run, RunResult result, String figures, Duration took) {
    lines.print(RunLines.of(run, result, figures, took));
  }

  @Override
  public void close() {
    closeStage();
    whole.close();
    lines.clear();
  }
}
