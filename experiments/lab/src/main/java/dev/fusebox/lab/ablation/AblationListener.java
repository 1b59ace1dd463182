package dev.fusebox.lab.ablation;

import dev.fusebox.lab.result.RunResult;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.time.Duration;
import java.util.Optional;

/** Is told how an ablation progresses, by several threads at once. */
public interface AblationListener {

  /** A stage begins; what is returned is told its progress, and may stop it. */
  StageProgress begins(PlannedRun run, Stage stage);

  /** A stage has ended. */
  void ended(PlannedRun run, Stage stage, StageEnd end);

  /**
   * Another process computes a stage that this one needs; said once for each such stage.
   *
   * @param who that is, in words
   */
  default void elsewhere(PlannedRun run, Stage stage, String who) {}

  /** A stage that was not there has its result, from another process. */
  default void madeElsewhere(PlannedRun run, Stage stage) {}

  /** Whether to stop, asked where nothing is under way that could be. */
  default boolean cancelled() {
    return false;
  }

  /**
   * A run has ended.
   *
   * @param accuracy in percent; empty if it failed
   * @param took of this call; zero if it was done before
   */
  void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took);
}
