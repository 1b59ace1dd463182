package dev.fusebox.track;

import dev.fusebox.training.task.StageProgress;
import java.util.Map;

/** Passes everything on, and reports metrics to the server on the way. */
record TrackedProgress(StageProgress shown, Outbox outbox, TrackedRun telling)
    implements StageProgress {

  @Override
  public void at(long done, long total) {
    shown.at(done, total);
  }

  @Override
  public void say(String figures) {
    shown.say(outbox.failing() ? figures + "  not tracked" : figures);
  }

  @Override
  public void measured(long step, Map<String, Double> figures) {
    shown.measured(step, figures);
    outbox.figures(telling, step, figures);
  }

  @Override
  public boolean cancelled() {
    return shown.cancelled();
  }
}
