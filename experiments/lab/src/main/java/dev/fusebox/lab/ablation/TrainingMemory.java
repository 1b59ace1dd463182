package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.StageMemory.size;

import ai.djl.Device;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tune.Lora;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.training.model.MemoryNeed;
import dev.fusebox.training.model.ModelSize;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A training, or a pretraining: its settings, and what goes through it.
 *
 * @param tune what of the language model is trained
 * @param sizes how large the model is where it is tuned and held otherwise
 * @param pretrains whether the whole model must be trained
 */
record TrainingMemory(
    T5Config config,
    Tuning tune,
    FrozenWeights frozenWeights,
    BiFunction<Tuning, FrozenWeights, ModelSize> sizes,
    TrainingSettings settings,
    MemoryNeed.InputSizes lengths,
    MemoryNeed.Backbone backbone,
    boolean pretrains)
    implements StageMemory {

  private static final Lora FEW = new Lora(8, 16, false, 0, List.of("q", "v"));

  /** A difference that is worth a line. */
  private static final double MATTERS = 0.1;

  MemoryNeed need() {
    return MemoryNeed.of(config, sizes.apply(tune, frozenWeights), settings, lengths, backbone);
  }

  /** A processor's memory is that of all replicas. */
  @Override
  public long total(Device there) {
    return there.isGpu() ? need().total() : need().totalOfReplicas();
  }

  @Override
  public String words(Device there) {
    MemoryNeed need = need();
    return "%s (weights %s, optimizer %s, gradients %s, activations %s, program %s)"
        .formatted(
            size(total(there)),
            size(need.weights()),
            size(need.optimizer()),
            size(need.gradients()),
            size(need.activations()),
            size(need.program()));
  }

  @Override
  public String besides(Device there) {
    return replicas(there) + recomputation(there);
  }

  private String replicas(Device there) {
    return settings.replicas() > 1 && there.isGpu()
        ? " on the first of %d devices, the optimizer less on each of the others"
            .formatted(settings.replicas())
        : "";
  }

  private String recomputation(Device there) {
    BatchSettings given = settings.batches();
    TrainingMemory other = with(batches(given.accumulation(), !given.recompute()));
    long difference = Math.abs(other.total(there) - total(there));
    return difference < MATTERS * total(there)
        ? ""
        : "; %s with batches.recompute = %s"
            .formatted(size(other.total(there)), !given.recompute());
  }

  @Override
  public Stream<Alternative> alternatives() {
    return Stream.concat(partsAndRecomputation(), Stream.concat(smallerBatch(), fewer()));
  }

  private Stream<Alternative> partsAndRecomputation() {
    List<Alternative> others = new ArrayList<>();
    for (boolean recompute : new boolean[] {settings.batches().recompute(), true}) {
      for (int parts : parts()) {
        others.add(
            new Alternative(
                "batches.accumulation = %d and batches.recompute = %s".formatted(parts, recompute),
                with(batches(parts, recompute))));
      }
    }
    return others.stream();
  }

  /** Doubled until each question is a part of its own. */
  private List<Integer> parts() {
    List<Integer> parts = new ArrayList<>();
    int size = settings.batches().size();
    for (int each = settings.batches().accumulation(); each < size; each *= 2) {
      parts.add(each);
    }
    parts.add(size);
    return parts;
  }

  /** In one part there are no gradients of parts before. */
  private Stream<Alternative> smallerBatch() {
    int size = settings.replicas();
    BatchSettings given = settings.batches();
    BatchSettings small = new BatchSettings(size, given.fill(), given.lengthPool(), size, true);
    return size == given.size()
        ? Stream.empty()
        : Stream.of(
            new Alternative(
                "batches.size = %d, batches.accumulation = %d and batches.recompute = true, which trains otherwise"
                    .formatted(size, size),
                with(small)));
  }

  /** Whatever lies on disk anyway may stay as it is. */
  private Stream<Alternative> fewer() {
    if (pretrains) {
      return Stream.empty();
    }
    BatchSettings given = settings.batches();
    BatchSettings least = batches(given.size(), true);
    Tuning tuning = tune.keepsBase() ? tune : FEW;
    return Stream.of(FrozenWeights.values())
        .filter(held -> held != frozenWeights || !tune.keepsBase())
        .flatMap(
            held ->
                Stream.of(given, least)
                    .map(
                        batches ->
                            new Alternative(
                                fewer(held, batches), with(tuning, held).with(batches))));
  }

  private String fewer(FrozenWeights held, BatchSettings batches) {
    String method = tune.keepsBase() ? "" : "model.tune { method = lora } over a stored model, ";
    String weights = "model.frozenWeights = " + held.name().toLowerCase(Locale.ROOT);
    String parts =
        batches.equals(settings.batches())
            ? ""
            : ", batches.accumulation = %d and batches.recompute = true"
                .formatted(batches.accumulation());
    return method + weights + parts + ", which trains otherwise";
  }

  private BatchSettings batches(int parts, boolean recompute) {
    BatchSettings given = settings.batches();
    return new BatchSettings(given.size(), given.fill(), given.lengthPool(), parts, recompute);
  }

  private TrainingMemory with(BatchSettings batches) {
    return new TrainingMemory(
        config, tune, frozenWeights, sizes, settings.with(batches), lengths, backbone, pretrains);
  }

  private TrainingMemory with(Tuning tuning, FrozenWeights held) {
    return new TrainingMemory(config, tuning, held, sizes, settings, lengths, backbone, pretrains);
  }
}
