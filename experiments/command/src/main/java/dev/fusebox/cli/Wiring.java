package dev.fusebox.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.ablation.AblationModule;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.grid.GridModule;
import dev.fusebox.lab.plan.FusionModule;
import dev.fusebox.lab.plan.PipelineModule;
import dev.fusebox.lab.plan.TrainModule;
import dev.fusebox.training.model.Devices;
import java.nio.file.Path;
import java.util.Optional;

/** Puts the program together: one module per feature, every binding written down. */
final class Wiring {

  private Wiring() {}

  /**
   * Everything a command may ask for.
   *
   * @param results where results go
   * @param scratch a folder near by that feature files are copied to, and read from
   * @param verify whether files are read through, though their hashes are remembered
   * @param plugins finds fusions
   * @param devices where tensors are computed
   */
  static Injector with(
      Path results, Optional<Path> scratch, boolean verify, ClassLoader plugins, Devices devices) {
    ResultsRoot root = new ResultsRoot(results);
    FileHashes hashes = new FileHashes(root.hashes(), verify);
    return Guice.createInjector(
        Stage.PRODUCTION,
        new FusionModule(plugins),
        new PipelineModule(root.cache(), scratch, hashes),
        new TrainModule(devices),
        new AblationModule(root, hashes),
        new GridModule(),
        binder -> {
          binder.requireExplicitBindings();
          binder.disableCircularProxies();
        });
  }
}
