package dev.fusebox.experiments.ablation;

import dev.fusebox.experiments.pipeline.Stage;
import dev.fusebox.experiments.pipeline.StageProgress;
import dev.fusebox.experiments.report.RunResult;
import java.time.Duration;

/** Hears how an ablation goes; several threads may speak at once. */
public interface AblationListener {

  /** A stage begins; what is returned hears how it goes, and may stop it. */
  StageProgress begins(PlannedRun run, Stage stage);

  /** A stage has come to its end, with a result or without. */
  void ended(PlannedRun run, Stage stage);

  /**
   * A run has come to its end.
   *
   * @param figures what it reached, in words; empty if it failed
   * @param took of this call; zero if it was done before
   */
  void ended(PlannedRun run, RunResult result, String figures, Duration took);
}
