package dev.fusebox.lab.ablation;

import dev.fusebox.lab.lease.LeaseLost;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the stages of a plan are computed. */
public interface StageSite {

  /**
   * The result of a stage whose inputs have theirs; empty where another process is making it.
   * Called by several threads at once.
   *
   * @param begins called once, if it is made now: is told the progress, and may stop it
   * @throws LeaseLost if another process has taken over meanwhile
   */
  Optional<StageFolder> attempt(PlannedRun run, Stage stage, Supplier<StageProgress> begins)
      throws IOException;

  /** How many stages are computed at once. */
  int atOnce();

  /** Whether the stages share the cores of this process. */
  boolean sharesCores();

  /** In this process. */
  static StageSite here(StageRunner stages, int workers) {
    return new StageSite() {
      @Override
      public Optional<StageFolder> attempt(
          PlannedRun run, Stage stage, Supplier<StageProgress> begins) throws IOException {
        return stages.attempt(stage, begins);
      }

      @Override
      public int atOnce() {
        return workers;
      }

      @Override
      public boolean sharesCores() {
        return workers > 1;
      }
    };
  }
}
