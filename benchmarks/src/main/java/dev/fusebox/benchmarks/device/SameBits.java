package dev.fusebox.benchmarks.device;

import dev.fusebox.training.task.StageProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Whether a training comes to the same bits: twice, killed and resumed, on several devices. */
final class SameBits {

  private static final String SECTION = "The same bits";
  private static final int KILLED_AFTER = 4;

  private final String device;
  private final Scale scale;
  private final Path folder;

  SameBits(String device, Scale scale, Path folder) {
    this.device = device;
    this.scale = scale;
    this.folder = folder;
  }

  /**
   * Trains again and again.
   *
   * @param gpus how many there are; without any, the processor stands for two devices
   */
  List<Row> rows(int gpus) throws IOException {
    List<Row> rows = new ArrayList<>();
    Path first = train("first", List.of(device), 1);
    rows.add(
        same("two trainings, one after the other", first, train("second", List.of(device), 1)));
    rows.add(same("killed after step " + KILLED_AFTER + " and resumed", first, killed()));
    if (gpus == 1) {
      rows.add(Row.measured(SECTION, "two replicas", "not tried: there is one GPU"));
      return rows;
    }
    List<String> two = gpus == 0 ? Collections.nCopies(2, "cpu") : List.of("gpu:0", "gpu:1");
    Path parts = train("parts", List.of(two.get(0)), 2);
    rows.add(
        same(
            "two replicas on " + String.join(", ", two) + " as two parts on one",
            parts,
            train("replicas", two, 2)));
    return rows;
  }

  private Path train(String name, List<String> devices, int parts) throws IOException {
    return DeviceTraining.train(folder.resolve(name), devices, scale, parts, StageProgress.SILENT);
  }

  private static Row same(String what, Path one, Path other) throws IOException {
    return Row.same(SECTION, what, Files.mismatch(one, other) < 0);
  }

  /** In a process of its own, by a signal that it cannot hear; then here. */
  private Path killed() throws IOException {
    Path killed = folder.resolve("killed");
    Process process =
        new ProcessBuilder(DeviceTraining.command(killed, device, scale))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader()) {
      long step = 0;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        step = line.matches("\\d+") ? Long.parseLong(line) : step;
        if (step > KILLED_AFTER) { // the state of the step before is written
          process.destroyForcibly();
          break;
        }
      }
      if (step <= KILLED_AFTER) {
        throw new IOException(
            "the training that was to be killed ended by itself, at step " + step);
      }
    } finally {
      process.destroyForcibly().onExit().join();
    }
    if (Files.exists(killed.resolve("trained").resolve("checkpoint"))) {
      throw new IOException("the training that was to be killed came to its end");
    }
    return train("killed", List.of(device), 1);
  }
}
