package dev.fusebox.experiments.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.fusebox.experiments.ablation.AblationModule;
import dev.fusebox.experiments.ablation.ResultsRoot;
import dev.fusebox.experiments.fusion.FusionModule;
import dev.fusebox.experiments.pipeline.PipelineModule;
import dev.fusebox.experiments.train.DeviceName;
import dev.fusebox.experiments.train.TrainModule;
import java.nio.file.Path;

/** Puts the program together: one module per feature, every binding written down. */
final class Wiring {

  private Wiring() {}

  /**
   * Everything a command may ask for.
   *
   * @param results where results go
   * @param plugins finds fusions
   * @param device where tensors are computed
   */
  static Injector with(Path results, ClassLoader plugins, DeviceName device) {
    return Guice.createInjector(
        Stage.PRODUCTION,
        new FusionModule(plugins),
        new PipelineModule(new ResultsRoot(results).cache()),
        new TrainModule(device),
        new AblationModule(results),
        binder -> {
          binder.requireExplicitBindings();
          binder.disableCircularProxies();
        });
  }
}
