package dev.fusebox.experiments.cli;

import com.google.inject.Injector;
import dev.fusebox.experiments.ablation.Experiment;
import dev.fusebox.experiments.ablation.ExperimentReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of every command that reads an experiment. */
final class ExperimentArguments {

  @Parameters(index = "0", paramLabel = "CONFIG", description = "The experiment's file.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Any key, for every variant: training.epochs=3 seeds=[1]")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "DIR",
      description = "Where results go (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Mixin private VerifyArgument verify;

  @Mixin private PluginArguments plugins;

  /** Finds fusions, those of plugins too. */
  ClassLoader fusions() {
    return plugins.loader();
  }

  Injector wiring() {
    ClassLoader loader = fusions();
    return Wiring.with(
        results, verify.asked(), loader, ExperimentReader.device(file, overrides, loader));
  }

  /** The experiment's file, as it was named. */
  Path file() {
    return file;
  }

  Experiment read(Injector wiring) {
    return wiring.getInstance(ExperimentReader.class).read(file, overrides);
  }
}
