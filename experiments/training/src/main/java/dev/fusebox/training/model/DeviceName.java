package dev.fusebox.training.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import dev.fusebox.file.UserError;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code device}: where tensors are computed.
 *
 * @param name {@code cpu}, {@code gpu}, {@code gpu:1} for the second one, {@code gpu:*} for all, or
 *     {@code auto}: a GPU if there is one
 */
public record DeviceName(String name) {

  public DeviceName {
    if (!name.matches("cpu|auto|gpu(:(\\d{1,3}|\\*))?")) {
      throw new IllegalArgumentException(
          "device must be cpu, gpu, gpu:N, gpu:*, auto or a list of them, found " + name);
    }
  }

  /** Whether it stands for every GPU. */
  boolean ofAll() {
    return name.equals("gpu:*");
  }

  /** Every device that it stands for; see {@link #device}. */
  List<Device> all() {
    return ofAll() ? allAmong(Engine.getInstance().getGpuCount()) : List.of(device());
  }

  /** Every GPU of so many. */
  List<Device> allAmong(int gpus) {
    return IntStream.range(0, Math.max(1, gpus))
        .mapToObj(number -> new DeviceName("gpu:" + number).among(gpus))
        .toList();
  }

  /**
   * The first device, with the engine started where that is needed to know.
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
    int number = name.contains(":") && !ofAll() ? Integer.parseInt(name.substring(4)) : 0;
    if (number >= gpus) {
      String seen =
          gpus == 0 ? "no GPU" : gpus == 1 ? "one GPU, gpu:0" : gpus + " GPUs, from gpu:0";
      throw new UserError(
          "device = %s: libtorch sees %s; fusebox doctor says what is missing. device = cpu works without it"
              .formatted(name, seen));
    }
    return Device.gpu(number);
  }
}
