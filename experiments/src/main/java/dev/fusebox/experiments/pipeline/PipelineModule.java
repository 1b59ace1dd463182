package dev.fusebox.experiments.pipeline;

import com.google.inject.AbstractModule;
import java.nio.file.Path;

/** Stages and what they are made with; a trainer and a predictor come from elsewhere. */
public final class PipelineModule extends AbstractModule {

  private final Path cache;

  /** Decoded pictures are kept in {@code cache}. */
  public PipelineModule(Path cache) {
    this.cache = cache;
  }

  @Override
  protected void configure() {
    bind(Workshop.class).toInstance(new LocalWorkshop(cache));
    bind(CodeKeys.class);
    bind(RunPlanner.class);
    bind(StageRunner.class);
  }
}
