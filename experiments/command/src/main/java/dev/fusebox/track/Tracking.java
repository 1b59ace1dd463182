package dev.fusebox.track;

import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.TrackingSettings;
import java.io.PrintWriter;
import java.util.Optional;

/** The tracking of an experiment, if it asks for any. Closing it says what was lost. */
public final class Tracking implements AutoCloseable {

  private final Experiment experiment;
  private final Optional<Outbox> outbox;
  private final PrintWriter err;

  private Tracking(Experiment experiment, Optional<Outbox> outbox, PrintWriter err) {
    this.experiment = experiment;
    this.outbox = outbox;
    this.err = err;
  }

  /**
   * Tracks an experiment as its {@code tracking} says.
   *
   * @param err where one line goes if something was lost
   */
  public static Tracking of(Experiment experiment, PrintWriter err) {
    TrackingSettings settings = experiment.tracking();
    String name = settings.experiment().orElse(experiment.name());
    return new Tracking(
        experiment, settings.mlflow().map(address -> new Outbox(new Mlflow(address, name))), err);
  }

  /** Is told how the ablation progresses, and passes it on to {@code shown}. */
  public AblationListener around(AblationListener shown) {
    return outbox
        .<AblationListener>map(open -> new TrackingListener(shown, experiment, open))
        .orElse(shown);
  }

  @Override
  public void close() {
    outbox.ifPresent(Outbox::close);
    outbox.flatMap(Outbox::lost).ifPresent(this::warn);
  }

  private void warn(String lost) {
    err.printf(
        "tracking: %s: %s. Results are complete, and all metrics are in results/stages/*/metrics.jsonl; once the server answers, tracking continues with the next stages.%n",
        experiment.tracking().mlflow().orElse(""), lost);
    err.flush();
  }
}
