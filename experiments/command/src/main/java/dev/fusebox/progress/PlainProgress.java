package dev.fusebox.progress;

import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In a pipe or a log: a line where a stage begins, now and then while it runs, where it ends and
 * where a run ends.
 */
final class PlainProgress implements AblationListener {

  private static final Duration BETWEEN = Duration.ofSeconds(30);

  private final PrintStream out;
  private final Workload load;
  private final Interruption interruption;
  private final int reasonLines;
  private final Map<Stage, StageSummary> summaries = new ConcurrentHashMap<>();

  PlainProgress(PrintStream out, Workload load, Interruption interruption, int reasonLines) {
    this.out = out;
    this.load = load;
    this.interruption = interruption;
    this.reasonLines = reasonLines;
  }

  @Override
  public StageProgress begins(PlannedRun run, Stage stage) {
    StageSummary summary = new StageSummary(run, stage);
    summaries.put(stage, summary);
    out.println("  " + summary.title());
    return new StageLines(summary);
  }

  @Override
  public void ended(PlannedRun run, Stage stage, StageEnd end) {
    StageSummary summary = summaries.remove(stage);
    if (end == StageEnd.FINISHED) {
      out.println(summary.line());
    }
    load.done(stage);
  }

  @Override
  public void elsewhere(PlannedRun run, Stage stage, String who) {
    out.println(StageSummary.elsewhere(run, stage, who));
  }

  @Override
  public void madeElsewhere(PlannedRun run, Stage stage) {
    out.println(StageSummary.madeElsewhere(run, stage));
    load.done(stage);
  }

  @Override
  public boolean cancelled() {
    return interruption.asked();
  }

  @Override
  public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {
    out.println(RunLines.of(run, result, accuracy, took, reasonLines));
  }

  /** Prints how far a stage is, now and then. */
  private final class StageLines implements StageProgress {
    private final StageSummary summary;
    private Instant last = Instant.now();
    private String figures = "";

    StageLines(StageSummary summary) {
      this.summary = summary;
    }

    @Override
    public void at(long done, long total) {
      if (Duration.between(last, Instant.now()).compareTo(BETWEEN) > 0) {
        last = Instant.now();
        out.println(
            "  %s  %d %%  %s"
                .formatted(summary.title(), 100 * done / total, figures)
                .stripTrailing());
      }
    }

    @Override
    public void say(String text) {
      figures = text;
      summary.say(text);
    }

    @Override
    public void measured(long step, Map<String, Double> values) {
      summary.measured(values);
    }

    @Override
    public boolean cancelled() {
      return interruption.asked();
    }
  }
}
