package dev.fusebox.benchmarks.device;

import dev.fusebox.tensor.Precision;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Trains a few steps, in a process of its own where it is to be killed. */
public final class DeviceTraining {

  static final int STEPS = 8;

  private DeviceTraining() {}

  /**
   * Trains, with a state after every step, and prints the number of each.
   *
   * @param arguments folder, device, size
   */
  public static void main(String[] arguments) throws IOException {
    DeviceCheck.beforeTheEngine();
    train(
        Path.of(arguments[0]),
        List.of(arguments[1]),
        Scale.of(arguments[2]),
        1,
        new StageProgress() {
          @Override
          public void at(long done, long total) {
            System.out.println(done);
            System.out.flush();
          }

          @Override
          public void say(String figures) {}

          @Override
          public boolean cancelled() {
            return false;
          }
        });
  }

  /**
   * Trains on one device, or with a replica on each of several.
   *
   * @param parts of a batch
   * @return what was learnt
   */
  static Path train(
      Path folder, List<String> devices, Scale scale, int parts, StageProgress progress)
      throws IOException {
    FusionCatalogue catalogue = FusionCatalogue.of(DeviceTraining.class.getClassLoader());
    RandomTask task = new RandomTask(scale, Precision.FLOAT32, STEPS, parts, devices.size(), 0);
    Devices places = new Devices(devices.stream().map(DeviceName::new).toList());
    Path trained = folder.resolve("trained");
    new T5StageTrainer(catalogue, places).train(task.in(folder, catalogue), trained, progress);
    return trained.resolve("checkpoint").resolve("model.safetensors");
  }

  /** The command that runs {@link #main}. */
  static List<String> command(Path folder, String device, Scale scale) {
    return Stream.of(
            DeviceCheck.java(DeviceTraining.class),
            List.of(folder.toString(), device, scale.name()))
        .flatMap(List::stream)
        .toList();
  }
}
