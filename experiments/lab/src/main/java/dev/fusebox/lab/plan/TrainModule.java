package dev.fusebox.lab.plan;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.write.T5StagePredictor;

/** Training and prediction with T5. */
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
