package dev.fusebox.lab.ablation;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import dev.fusebox.file.UserError;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Whether what an experiment computes fits the device that computes it, told before anything is
 * loaded: pretraining, training and writing. Only {@linkplain LargeModels large} models are asked.
 */
public final class MemoryPlan {

  private final LargeModels models;
  private final Devices devices;
  private final ToLongFunction<Device> room;

  /** A plan for these devices, of which a training has one, or one for each replica. */
  @Inject
  public MemoryPlan(FusionCatalogue fusions, OpenedFiles files, Devices devices) {
    this(fusions, files, devices, MemoryPlan::room);
  }

  /**
   * A plan for devices.
   *
   * @param room bytes that a device has
   */
  MemoryPlan(
      FusionCatalogue fusions, OpenedFiles files, Devices devices, ToLongFunction<Device> room) {
    this.models = new LargeModels(fusions, files);
    this.devices = devices;
    this.room = room;
  }

  /** What each large model takes, a line for each stage; nothing where all are small. */
  public String text(AblationPlan plan) throws IOException {
    Device there = smallest();
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, StageMemory> each : stages(plan).entrySet()) {
      StageMemory memory = each.getValue();
      text.append(
          "  %s takes about %s%s%n"
              .formatted(each.getKey(), memory.words(there), memory.besides(there)));
    }
    return text.toString();
  }

  /**
   * Checks that each stage fits.
   *
   * @throws UserError with the settings that would fit
   */
  public void check(AblationPlan plan) throws IOException {
    Device there = smallest();
    long most = room.applyAsLong(there);
    for (Map.Entry<String, StageMemory> each : stages(plan).entrySet()) {
      if (each.getValue().total(there) > most) {
        throw new UserError(
            "%s does not fit: it takes about %s, and %s has %s.%n%s"
                .formatted(
                    each.getKey(),
                    each.getValue().words(there),
                    there.isGpu() ? "the device " + there : "this machine",
                    StageMemory.size(most),
                    advice(each.getValue(), there, most)));
      }
    }
  }

  /** The first settings that fit, or how much the least of them take. */
  private static String advice(StageMemory stage, Device there, long room) {
    List<StageMemory.Alternative> others = stage.alternatives().toList();
    return others.stream()
        .filter(other -> other.memory().total(there) <= room)
        .findFirst()
        .map(other -> "It fits with %s: %s.".formatted(other.settings(), bytes(other, there)))
        .orElseGet(
            () ->
                others.stream()
                    .min(Comparator.comparing(other -> other.memory().total(there)))
                    .map(
                        least ->
                            "Nothing that was tried fits. The least takes %s, with %s."
                                .formatted(bytes(least, there), least.settings()))
                    .orElse("There are no settings with which it takes less."));
  }

  private static String bytes(StageMemory.Alternative other, Device there) {
    return StageMemory.size(other.memory().total(there));
  }

  private Map<String, StageMemory> stages(AblationPlan plan) throws IOException {
    Map<String, StageMemory> stages = new LinkedHashMap<>();
    Set<Stage> seen = new HashSet<>();
    for (PlannedRun run : plan.runs()) {
      Set<StageMemory> written = new HashSet<>(); // for several splits and changes the same
      for (Stage stage : run.plan().stages()) {
        if (seen.add(stage)) {
          models
              .memory(run, stage)
              .filter(memory -> memory instanceof TrainingMemory || written.add(memory))
              .ifPresent(memory -> stages.put(run.title() + ", " + stage.title(), memory));
        }
      }
    }
    return stages;
  }

  private Device smallest() {
    return devices.all().stream().min(Comparator.comparing(room::applyAsLong)).orElseThrow();
  }

  private static long room(Device device) {
    return device.isGpu()
        ? CudaUtils.getGpuMemory(device).getMax()
        : ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
  }
}
