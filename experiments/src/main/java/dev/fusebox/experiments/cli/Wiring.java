package dev.fusebox.experiments.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.fusebox.experiments.ablation.AblationModule;
import dev.fusebox.experiments.ablation.ResultsRoot;
import dev.fusebox.experiments.fusion.FusionModule;
import dev.fusebox.experiments.pipeline.PipelineModule;
import dev.fusebox.experiments.store.FileHashes;
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
   * @param verify whether files are read through, though their hashes are remembered
   * @param plugins finds fusions
   * @param device where tensors are computed
   */
  static Injector with(Path results, boolean verify, ClassLoader plugins, DeviceName device) {
    ResultsRoot root = new ResultsRoot(results);
    FileHashes hashes = new FileHashes(root.hashes(), verify);
    return Guice.createInjector(
        Stage.PRODUCTION,
        new FusionModule(plugins),
        new PipelineModule(root.cache(), hashes),
        new TrainModule(device),
        new AblationModule(root, hashes),
        binder -> {
          binder.requireExplicitBindings();
          binder.disableCircularProxies();
        });
  }
}
