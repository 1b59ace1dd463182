package dev.fusebox.training.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.fusebox.file.UserError;

/**
 * {@code device}: where tensors are computed.
 *
 * @param name {@code cpu}, {@code gpu}, {@code gpu:1} for the second one, or {@code auto}: a GPU if
 *     there is one
 */
public record DeviceName(String name) {

  public DeviceName {
    if (!name.matches("cpu|auto|gpu(:\\d{1,3})?")) {
      throw new IllegalArgumentException("device must be cpu, gpu, gpu:N or auto, found " + name);
    }
  }

  /**
   * The device, with the engine started where that is needed to know.
   *
   * @throws UserError if this machine has none of that number
   */
  public Device device() {
    return among(name.equals("cpu") ? 0 : Engine.getInstance().getGpuCount());
  }

  /** The device on a machine with so many GPUs. */
  Device among(int gpus) {
    if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    int number = name.contains(":") ? Integer.parseInt(name.substring(4)) : 0;
    if (number >= gpus) {
      String seen =
          gpus == 0 ? "no GPU" : gpus == 1 ? "one GPU, gpu:0" : gpus + " GPUs, from gpu:0";
      throw new UserError(
          "device = %s: libtorch sees %s; fusebox doctor says what it needs. device = cpu computes without"
              .formatted(name, seen));
    }
    return Device.gpu(number);
  }
}
