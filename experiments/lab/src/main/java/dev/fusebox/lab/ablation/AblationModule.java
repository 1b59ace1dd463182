package dev.fusebox.lab.ablation;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.store.ComputedOn;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.model.Devices;

/** Experiments and where their results go. */
public final class AblationModule extends AbstractModule {

  private final ResultsRoot results;
  private final FileHashes hashes;

  /** Results go to {@code results}. */
  public AblationModule(ResultsRoot results, FileHashes hashes) {
    this.results = results;
    this.hashes = hashes;
  }

  @Override
  protected void configure() {
    bind(ResultsRoot.class).toInstance(results);
    bind(FileHashes.class).toInstance(hashes);
    bind(ExperimentReader.class);
    bind(AblationRunner.class);
    bind(RunBook.class);
    bind(MemoryPlan.class);
    bind(LongTexts.class);
  }

  @Provides
  StageStore store(Devices devices) {
    return new StageStore(results.stages(), hashes, () -> ComputedOn.here(devices.get()));
  }
}
