package dev.fusebox.experiments.train;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.fusebox.experiments.fusion.FusionCatalogue;
import dev.fusebox.experiments.pipeline.StagePredictor;
import dev.fusebox.experiments.pipeline.StageTrainer;

/** Learning and writing with T5. */
public final class TrainModule extends AbstractModule {

  private final DeviceName device;

  /** Both on {@code device}. */
  public TrainModule(DeviceName device) {
    this.device = device;
  }

  @Provides
  DeviceName device() {
    return device;
  }

  @Provides
  StageTrainer trainer(FusionCatalogue fusions) {
    return new T5StageTrainer(fusions, device::device);
  }

  @Provides
  StagePredictor predictor(FusionCatalogue fusions) {
    return new T5StagePredictor(fusions, device::device);
  }
}
