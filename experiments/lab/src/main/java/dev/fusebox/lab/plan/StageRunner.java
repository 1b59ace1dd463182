package dev.fusebox.lab.plan;

import dev.fusebox.lab.lease.LeaseLost;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives every stage its result: the stored one, or one made now. */
public final class StageRunner {

  private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);

  private final StageStore store;

  /** A runner over a store. */
  @Inject
  public StageRunner(StageStore store) {
    this.store = store;
  }

  /**
   * The result of a stage whose inputs have theirs. Where another process is making it, waits.
   *
   * @throws StageCancelled if {@code progress} asked to stop, also while another process computes
   */
  public StageFolder run(Stage stage, StageProgress progress) throws IOException {
    return store.computed(
        stage.name(),
        stage.likeness(),
        stage.description(),
        directory -> stage.work().run(directory, this::finished, progress),
        turn -> await(stage, turn, progress));
  }

  /**
   * The same without waiting: empty where another process is making it.
   *
   * @param begins called once, if it is to be made now
   * @throws LeaseLost if another process has taken over meanwhile
   */
  public Optional<StageFolder> attempt(Stage stage, Supplier<StageProgress> begins)
      throws IOException {
    return store.attempted(
        stage.name(),
        stage.likeness(),
        stage.description(),
        (directory, lost) -> stage.work().run(directory, this::finished, begins.get().until(lost)));
  }

  private static void await(Stage stage, int turn, StageProgress progress) {
    if (turn == 0) {
      LOG.warn("{}: another process computes it; waiting for that", stage);
      progress.say("waits for another process");
    }
    if (progress.cancelled()) {
      throw new StageCancelled();
    }
  }

  private Path finished(Stage stage) {
    try {
      return store
          .find(stage.name())
          .orElseThrow(() -> new IllegalStateException(stage + " has no result yet"))
          .path();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
