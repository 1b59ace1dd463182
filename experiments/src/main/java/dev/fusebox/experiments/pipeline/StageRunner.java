package dev.fusebox.experiments.pipeline;

import dev.fusebox.experiments.store.StageFolder;
import dev.fusebox.experiments.store.StageStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Gives every stage its result: the stored one, or one made now. */
public final class StageRunner {

  private final StageStore store;

  /** A runner over a store. */
  @Inject
  public StageRunner(StageStore store) {
    this.store = store;
  }

  /** The result of a stage whose inputs have theirs. */
  public StageFolder run(Stage stage, StageProgress progress) throws IOException {
    return store.computed(
        stage.name(),
        stage.likeness(),
        stage.description(),
        directory -> stage.work().run(directory, this::finished, progress));
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
