package dev.fusebox.experiments.pipeline;

import com.google.inject.AbstractModule;

/** Stages and what they are made with; a trainer and a predictor come from elsewhere. */
public final class PipelineModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(Workshop.class).toInstance(new LocalWorkshop());
    bind(CodeKeys.class);
    bind(RunPlanner.class);
    bind(StageRunner.class);
  }
}
