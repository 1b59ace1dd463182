package dev.fusebox.track;

import java.io.IOException;
import java.util.Optional;

/** A stage and, once the server has answered, its run there. For the outbox's thread alone. */
final class TrackedRun {

  private final TrackedStage stage;
  private Optional<Mlflow.Run> run = Optional.empty();
  private String refusal = "the run was not begun";

  TrackedRun(TrackedStage stage) {
    this.stage = stage;
  }

  /** Lets the server begin the run, or go on with it. */
  void begin(Mlflow server, long time) throws IOException {
    try {
      run = Optional.of(server.begin(stage, time));
    } catch (Refused e) {
      refusal = e.getMessage(); // what comes after is refused for the same reason
      throw e;
    }
  }

  /**
   * The run on the server.
   *
   * @throws Refused if the server would not begin it
   */
  Mlflow.Run run() throws Refused {
    return run.orElseThrow(() -> new Refused(refusal));
  }
}
