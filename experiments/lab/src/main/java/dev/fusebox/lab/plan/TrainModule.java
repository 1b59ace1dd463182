package dev.fusebox.lab.plan;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.fusebox.file.FileHashes;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.write.T5StagePredictor;

/** Training and prediction with T5. */
public final class TrainModule extends AbstractModule {

  private final Devices devices;

  /** Both on these devices. */
  public TrainModule(Devices devices) {
    this.devices = devices;
  }

  @Provides
  Devices devices() {
    return devices;
  }

  @Provides
  StageTrainer trainer(FusionCatalogue fusions, FileHashes hashes) {
    return new T5StageTrainer(fusions, devices, hashes);
  }

  @Provides
  StagePredictor predictor(FusionCatalogue fusions, FileHashes hashes) {
    return new T5StagePredictor(fusions, devices, hashes);
  }
}
