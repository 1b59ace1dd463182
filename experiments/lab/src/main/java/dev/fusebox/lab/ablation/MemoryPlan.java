package dev.fusebox.lab.ablation;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.model.FreshModel;
import dev.fusebox.training.model.MemoryNeed;
import dev.fusebox.training.model.ModelSize;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.BackboneSize;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether the trainings of an experiment fit the device that computes them, told before anything is
 * loaded. Small models are not asked: to count a fusion's numbers starts the engine.
 */
public final class MemoryPlan {

  private static final long WORTH_COUNTING = 10_000_000;

  private final FusionCatalogue fusions;
  private final Devices devices;

  /** A plan for these devices, of which a training has one, or one for each replica. */
  @Inject
  public MemoryPlan(FusionCatalogue fusions, Devices devices) {
    this.fusions = fusions;
    this.devices = devices;
  }

  /** One training: its settings, and what goes through it. */
  private record Training(
      T5Config config,
      ModelSize size,
      TrainingSettings settings,
      MemoryNeed.Lengths lengths,
      MemoryNeed.Backbone backbone) {

    MemoryNeed need() {
      return MemoryNeed.of(config, size, settings, lengths, backbone);
    }

    Training with(BatchSettings batches) {
      return new Training(config, size, settings.with(batches), lengths, backbone);
    }
  }

  /** What each large training takes, a line each; nothing where all are small. */
  public String text(AblationPlan plan) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Training> each : trainings(plan).entrySet()) {
      MemoryNeed need = each.getValue().need();
      text.append(
          "  %s takes about %s%s%n"
              .formatted(
                  each.getKey(),
                  words(need),
                  need.replicas() == 1
                      ? ""
                      : " on the first of %d devices, the optimizer less on each of the others"
                          .formatted(need.replicas())));
    }
    return text.toString();
  }

  /**
   * Checks that each training fits.
   *
   * @throws UserError with the settings that would fit
   */
  public void check(AblationPlan plan) throws IOException {
    for (Map.Entry<String, Training> each : trainings(plan).entrySet()) {
      MemoryNeed need = each.getValue().need();
      Device there = smallest();
      long room = room(there);
      if (total(need, there) > room) {
        throw new UserError(
            "%s does not fit: it takes about %s, and %s has %s.%n%s"
                .formatted(
                    each.getKey(),
                    words(need, total(need, there)),
                    there.isGpu() ? "the device " + there : "this machine",
                    size(room),
                    advice(each.getValue(), there, room)));
      }
    }
  }

  private static String advice(Training training, Device there, long room) {
    BatchSettings given = training.settings().batches();
    List<BatchSettings> others = new ArrayList<>();
    for (boolean recompute : new boolean[] {given.recompute(), true}) {
      for (int parts = given.accumulation(); parts <= given.size(); parts *= 2) {
        others.add(
            new BatchSettings(given.size(), given.fill(), given.lengthPool(), parts, recompute));
      }
    }
    return others.stream()
        .filter(batches -> total(training.with(batches).need(), there) <= room)
        .findFirst()
        .map(
            batches ->
                "It fits with batches.accumulation = %d and batches.recompute = %s: %s."
                    .formatted(
                        batches.accumulation(),
                        batches.recompute(),
                        size(total(training.with(batches).need(), there))))
        .orElse(
            "No smaller part of a batch fits either. model.tune { method = lora } with model.frozenWeights = bfloat16, or"
                + " int8, takes half or a quarter of the weights' memory and next to none for optimizer and gradients.");
  }

  private Map<String, Training> trainings(AblationPlan plan) throws IOException {
    Map<String, Training> trainings = new LinkedHashMap<>();
    Map<Stage, String> seen = new LinkedHashMap<>();
    for (PlannedRun run : plan.runs()) {
      for (Stage stage : run.plan().stages()) {
        if (stage.kind() == StageKind.TRAINING && seen.put(stage, stage.title()) == null) {
          Optional<Training> training = training(run, stage.part());
          if (training.isPresent()) {
            trainings.put(run.title() + ", " + stage.title(), training.get());
          }
        }
      }
    }
    return trainings;
  }

  private Optional<Training> training(PlannedRun run, String part) throws IOException {
    StageSettings stage = run.variant().recipe().pipeline().get(part);
    Optional<Path> root = run.variant().recipe().data().root();
    Optional<T5Config> config = config(stage, root);
    boolean sees = stage.seesPictures() && root.isPresent();
    Optional<PictureBackbone> inTheLoop = sees ? stage.features().inTheLoop() : Optional.empty();
    long ofBackbone = inTheLoop.map(each -> each.outline().size().weights()).orElse(0L);
    if (config.isEmpty() || ModelSize.atLeast(config.get()) + ofBackbone < WORTH_COUNTING) {
      return Optional.empty();
    }
    int width = sees ? Pictures.width(root.get(), stage.features()) : 0;
    int shown = stage.seesPicturesOfShots() ? 1 + stage.shots().count() : 1;
    int patches = sees ? shown * Pictures.patches(root.get(), stage.features()) : 0;
    ModelSize size =
        ModelSize.of(
            config.get(),
            stage.model().tune(),
            stage.model().frozenWeights(),
            stage.fusion(),
            sees ? OptionalInt.of(width) : OptionalInt.empty(),
            fusions);
    return Optional.of(
        new Training(
            config.get(),
            size,
            stage.training(),
            new MemoryNeed.Lengths(
                stage.source().maxTokens(), stage.target().maxTokens(), patches, width),
            inTheLoop.map(each -> backbone(each, patches)).orElse(MemoryNeed.Backbone.NONE)));
  }

  /**
   * A backbone's share.
   *
   * @param patches vectors of a question at most, of all its pictures
   */
  private static MemoryNeed.Backbone backbone(PictureBackbone backbone, int patches) {
    BackboneOutline outline = backbone.outline();
    BackboneSize size = outline.size();
    if (backbone.train().isEmpty()) {
      return new MemoryNeed.Backbone(0, size.weights(), 0);
    }
    Optional<Integer> last = backbone.train().get().last();
    long learning = size.learning(last);
    long pictures = Math.max(1, patches / outline.patches());
    return new MemoryNeed.Backbone(
        learning,
        size.weights() - learning,
        pictures * last.orElse(outline.layers()) * size.keptOfLayer());
  }

  /** Empty where its tokenizer is made together with the data: such models are small. */
  private static Optional<T5Config> config(StageSettings stage, Optional<Path> root)
      throws IOException {
    ModelSettings model = stage.model();
    double dropout = stage.training().dropout();
    if (model.checkpoint().isPresent()) {
      return Optional.of(
          T5Config.read(model.checkpoint().get().resolve(Checkpoint.CONFIG)).withDropout(dropout));
    }
    Optional<Path> tokenizer = model.tokenizer().or(() -> root.flatMap(Tokenizers::find));
    return tokenizer.isPresent()
        ? Optional.of(
            FreshModel.config(model.shape(), Tokenizers.open(tokenizer.get()).size(), dropout))
        : Optional.empty();
  }

  private Device smallest() {
    return devices.all().stream().min(Comparator.comparing(MemoryPlan::room)).orElseThrow();
  }

  private static long room(Device device) {
    return device.isGpu()
        ? CudaUtils.getGpuMemory(device).getMax()
        : ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getTotalMemorySize();
  }

  /** A processor's memory is that of all replicas. */
  private static long total(MemoryNeed need, Device there) {
    return there.isGpu() ? need.total() : need.totalOfReplicas();
  }

  private static String words(MemoryNeed need) {
    return words(need, need.total());
  }

  private static String words(MemoryNeed need, long total) {
    return "%s (weights %s, optimizer %s, gradients %s, activations %s, program %s)"
        .formatted(
            size(total),
            size(need.weights()),
            size(need.optimizer()),
            size(need.gradients()),
            size(need.activations()),
            size(need.program()));
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
