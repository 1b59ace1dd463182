package dev.fusebox.track;

import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Passes everything on, and reports each stage to the server, except the generation of data. */
final class TrackingListener implements AblationListener {

  private final AblationListener shown;
  private final Experiment experiment;
  private final Outbox outbox;
  private final Map<Stage, TrackedRun> tellings = new ConcurrentHashMap<>();

  TrackingListener(AblationListener shown, Experiment experiment, Outbox outbox) {
    this.shown = shown;
    this.experiment = experiment;
    this.outbox = outbox;
  }

  @Override
  public StageProgress begins(PlannedRun run, Stage stage) {
    StageProgress progress = shown.begins(run, stage);
    if (stage.kind() == StageKind.DATA) {
      return progress;
    }
    TrackedRun telling = outbox.begin(TrackedStage.of(experiment, run, stage));
    tellings.put(stage, telling);
    return new TrackedProgress(progress, outbox, telling);
  }

  @Override
  public void ended(PlannedRun run, Stage stage, StageEnd end) {
    shown.ended(run, stage, end);
    TrackedRun telling = tellings.get(stage);
    if (telling != null) {
      outbox.end(telling, RunStatus.of(end));
    }
  }

  @Override
  public void elsewhere(PlannedRun run, Stage stage, String who) {
    shown.elsewhere(run, stage, who);
  }

  @Override
  public void madeElsewhere(PlannedRun run, Stage stage) {
    shown.madeElsewhere(run, stage);
  }

  @Override
  public boolean cancelled() {
    return shown.cancelled();
  }

  @Override
  public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {
    shown.ended(run, result, accuracy, took);
    TrackedRun answer = tellings.get(run.plan().answer());
    if (answer != null && accuracy.isPresent()) {
      outbox.figures(answer, 0, Map.of("accuracy", accuracy.get()));
    }
  }
}
