package dev.fusebox.training.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.optimize.ParameterGroup;
import dev.fusebox.training.optimize.StepGradients;
import dev.fusebox.training.optimize.TrainingScript;
import dev.fusebox.training.recipe.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A model on a device: finds the gradients of the parts of a batch that are given to it. */
final class Replica {

  /**
   * A part of a step's batch.
   *
   * @param divisor how much counts in all parts together
   * @param share of the step's questions that are in it
   * @param dropout the seed of what is drawn for it
   */
  record Part(Batch batch, double divisor, double share, long dropout) {}

  /**
   * What a part adds to the step.
   *
   * @param beside what a fusion adds to the loss, by name
   */
  record Partial(double loss, Map<String, Double> beside, List<NDArray> gradients) {}

  private final NDManager manager;
  private final TrainingSettings settings;
  private final TrainingScript script;
  private final BatchLoss loss;
  private final StepGradients gradients;

  /**
   * One on the device of its model.
   *
   * @param learning all that learns
   */
  Replica(T5Model model, List<ParameterGroup> learning, TrainingSettings settings) {
    this.manager = model.parameters().manager();
    this.settings = settings;
    this.script = new TrainingScript(model.ops());
    this.loss = BatchLoss.of(model, settings);
    this.gradients =
        new StepGradients(
            learning.stream().flatMap(group -> group.parameters().arrays().stream()).toList(),
            model.ops(),
            script);
  }

  /** Owns the model's parameters. */
  NDManager manager() {
    return manager;
  }

  Device device() {
    return manager.getDevice();
  }

  TrainingScript script() {
    return script;
  }

  StepGradients gradients() {
    return gradients;
  }

  /** How much of a batch counts. */
  int counted(Batch batch) {
    return loss.counted(batch);
  }

  /**
   * Learns a part. Nothing else may use this replica meanwhile.
   *
   * @param owner gets the gradients
   */
  Partial learn(Part part, NDManager owner) {
    try (Step recording = recording(part.dropout())) {
      Supplier<StepLoss> forward =
          () -> loss.of(part.batch(), part.divisor(), part.share(), recording);
      StepLoss found =
          settings.dropout() > 0 ? recording.drawing(part.dropout(), forward) : forward.get();
      Map<String, Double> beside = new LinkedHashMap<>();
      found.beside().forEach((name, value) -> beside.put(name, (double) value.getFloat()));
      double value = found.loss().value().getFloat();
      return new Partial(value, beside, gradients.of(found.loss(), recording, owner));
    }
  }

  private Step recording(long dropout) {
    return settings.batches().recompute()
        ? Step.recomputing(manager, gradients.parameters(), dropout)
        : Step.training(manager);
  }

  /** Takes over the numbers of what learns from another one. */
  void copy(Replica other) {
    script.assign(gradients.parameters(), other.gradients.parameters());
  }
}
