package dev.fusebox.progress;

import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** On a terminal: a bar for the whole, one for each stage at hand; what is finished stays. */
final class TerminalProgress implements AblationListener, AutoCloseable {

  private static final int WHOLE = 0;

  private final LiveLines lines;
  private final Workload load;
  private final Interruption interruption;
  private final int reasonLines;
  private final Bar whole;
  private final List<Stage> atHand = new ArrayList<>(); // by line below the whole's; null: free
  private final Map<Stage, Bar> bars = new HashMap<>();
  private final Map<Stage, StageSummary> summaries = new ConcurrentHashMap<>();

  TerminalProgress(
      PrintStream out, int width, Workload load, Interruption interruption, int reasonLines) {
    this.lines = new LiveLines(out, width);
    this.load = load;
    this.interruption = interruption;
    this.reasonLines = reasonLines;
    this.whole = new Bar(runs(), load.total(), line -> lines.set(WHOLE, line));
  }

  private String runs() {
    return load.runsToDo() + (load.runsToDo() == 1 ? " run" : " runs");
  }

  @Override
  public StageProgress begins(PlannedRun run, Stage stage) {
    StageSummary summary = new StageSummary(run, stage);
    summaries.put(stage, summary);
    Bar bar = bar(summary, stage);
    return new StageProgress() {
      @Override
      public void at(long done, long total) {
        bar.at(done, total);
        load.at(stage, (double) done / total);
        whole.at(load.behind(), load.total());
      }

      @Override
      public void say(String figures) {
        bar.say(figures);
        summary.say(figures);
      }

      @Override
      public void measured(long step, Map<String, Double> values) {
        summary.measured(values);
      }

      @Override
      public boolean cancelled() {
        return interruption.asked();
      }
    };
  }

  private synchronized Bar bar(StageSummary summary, Stage stage) {
    int free = atHand.contains(null) ? atHand.indexOf(null) : atHand.size();
    if (free == atHand.size()) {
      atHand.add(stage);
    }
    atHand.set(free, stage);
    int line = WHOLE + 1 + free;
    Bar bar = new Bar(summary.title(), 1, text -> lines.set(line, text));
    bars.put(stage, bar);
    return bar;
  }

  private synchronized void close(Stage stage) {
    bars.remove(stage).close();
    int line = atHand.indexOf(stage);
    atHand.set(line, null);
    lines.set(WHOLE + 1 + line, "");
  }

  @Override
  public void ended(PlannedRun run, Stage stage, StageEnd end) {
    close(stage);
    StageSummary summary = summaries.remove(stage);
    if (end == StageEnd.FINISHED) {
      lines.print(summary.line());
    }
    load.done(stage);
    whole.at(load.behind(), load.total());
  }

  @Override
  public void elsewhere(PlannedRun run, Stage stage, String who) {
    lines.print(StageSummary.elsewhere(run, stage, who));
  }

  @Override
  public void madeElsewhere(PlannedRun run, Stage stage) {
    lines.print(StageSummary.madeElsewhere(run, stage));
    load.done(stage);
    whole.at(load.behind(), load.total());
  }

  @Override
  public boolean cancelled() {
    return interruption.asked();
  }

  @Override
  public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {
    lines.print(RunLines.of(run, result, accuracy, took, reasonLines));
  }

  @Override
  public synchronized void close() {
    bars.values().forEach(Bar::close);
    whole.close();
    lines.clear();
  }
}
