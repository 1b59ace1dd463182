package dev.fusebox.cli;

import dev.fusebox.ask.AskedRuns;
import dev.fusebox.file.UserError;
import dev.fusebox.training.model.DeviceName;
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

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "cpu, gpu, gpu:N or auto (default: ${DEFAULT-VALUE}).")
  private String device;

  @Mixin private PluginArguments plugins;

  /** The runs, which the caller closes. */
  AskedRuns open() throws IOException {
    return AskedRuns.open(
        folders, plugins.loader(), device(), Optional.ofNullable(data), backbones);
  }

  private DeviceName device() {
    try {
      return new DeviceName(device);
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage(), e);
    }
  }
}
