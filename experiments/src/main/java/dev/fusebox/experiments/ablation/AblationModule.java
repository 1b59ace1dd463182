package dev.fusebox.experiments.ablation;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.fusebox.experiments.store.StageStore;
import java.nio.file.Path;

/** Experiments and where their results go. */
public final class AblationModule extends AbstractModule {

  private final Path results;

  /** Results go to {@code results}. */
  public AblationModule(Path results) {
    this.results = results;
  }

  @Override
  protected void configure() {
    bind(ResultsRoot.class).toInstance(new ResultsRoot(results));
    bind(ExperimentReader.class);
    bind(AblationRunner.class);
    bind(RunBook.class);
  }

  @Provides
  StageStore store(ResultsRoot root) {
    return new StageStore(root.stages());
  }
}
