package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import dev.fusebox.training.model.DeviceName;
import picocli.CommandLine.Option;

/** The option that says what computes. */
final class DeviceArgument {

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "cpu, gpu, gpu:N or auto (default: ${DEFAULT-VALUE}).")
  private String device;

  /**
   * The device that is named.
   *
   * @throws UserError if there is none of that name
   */
  DeviceName name() {
    try {
      return new DeviceName(device);
    } catch (IllegalArgumentException e) {
      throw new UserError("--" + e.getMessage(), e);
    }
  }
}
