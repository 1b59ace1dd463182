package dev.fusebox.cli;

import dev.fusebox.ask.AskedRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of every command that asks trained runs. */
final class AskedArguments {

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "A run's results folder, or an experiment's, for all its runs.")
  private List<Path> folders = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the questions are now, if they were moved since the runs were made.")
  private Path data;

  @Option(
      names = "--backbone",
      paramLabel = "FILE",
      description =
          "A TorchScript file that made a run's features: new pictures go through it. It is a program and runs with your permissions, so it is opened only if named here. Repeatable.")
  private List<Path> backbones = new ArrayList<>();

  @Mixin private DeviceArgument device;

  @Mixin private PluginArguments plugins;

  /** The runs, which the caller closes. */
  AskedRuns open() throws IOException {
    return AskedRuns.open(
        folders, plugins.loader(), device.name(), Optional.ofNullable(data), backbones);
  }
}
