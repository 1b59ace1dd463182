package dev.fusebox.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.Seeds;
import dev.fusebox.training.optimize.ParameterGroup;
import dev.fusebox.training.optimize.StepGradients;
import dev.fusebox.training.optimize.TrainableParameters;
import dev.fusebox.training.optimize.TrainingScript;
import dev.fusebox.training.optimize.UpdateRule;
import dev.fusebox.training.recipe.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A model, what learns in it, and the optimizer: takes one step after the other. */
final class Learner {

  /**
   * What a step found.
   *
   * @param loss per label that counts
   * @param norm of all gradients together, before clipping
   * @param rate the learning rate
   * @param beside what a fusion adds to the loss, by name
   */
  record Figures(double loss, double norm, double rate, Map<String, Double> beside) {

    /** By the names they have in {@code metrics.jsonl}. */
    Map<String, Double> byName() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("loss", loss);
      figures.put("gradientNorm", norm);
      figures.put("learningRate", rate);
      beside.forEach((name, value) -> figures.put("loss." + name, value));
      return figures;
    }

    boolean finite() {
      return Double.isFinite(loss) && Double.isFinite(norm);
    }
  }

  /**
   * A group with its rule.
   *
   * @param first the index of its first gradient among all
   */
  private record Taught(ParameterGroup group, UpdateRule rule, int first) {

    /** Clips by the norm of all gradients, of whatever group. */
    void update(List<NDArray> gradients, NDArray norm, long step, double rate) {
      int size = group.parameters().size();
      rule.update(gradients.subList(first, first + size), norm, step, rate * group.rateFactor());
    }
  }

  private final NDManager manager;
  private final TrainingSettings settings;
  private final TrainingScript script;
  private final BatchLoss loss;
  private final StepGradients gradients;
  private final List<Taught> groups = new ArrayList<>();
  private final long steps;
  private final long seed;

  /**
   * A learner at its first step.
   *
   * @param steps of the whole run, for the schedule
   * @param seed of dropout
   */
  Learner(T5Model model, TrainingSettings settings, long steps, long seed) {
    this(
        model,
        List.of(new ParameterGroup(TrainableParameters.of(model.parameters()), 1)),
        settings,
        steps,
        seed);
  }

  /**
   * The same for parameters beside the model's, too.
   *
   * @param learning all that learns
   */
  Learner(
      T5Model model,
      List<ParameterGroup> learning,
      TrainingSettings settings,
      long steps,
      long seed) {
    this.script = new TrainingScript(model.ops());
    this.manager = model.parameters().manager();
    this.settings = settings;
    this.loss = BatchLoss.of(model, settings);
    List<NDArray> arrays = new ArrayList<>();
    for (ParameterGroup group : learning) {
      UpdateRule rule =
          settings.optimizer().rule(group.parameters(), script, settings.largestNorm());
      groups.add(new Taught(group, rule, arrays.size()));
      arrays.addAll(group.parameters().arrays());
    }
    this.gradients = new StepGradients(arrays, model.ops(), script);
    this.steps = steps;
    this.seed = seed;
  }

  /**
   * Takes one step. Where loss or norm are not finite, the weights stay as they are.
   *
   * @param parts of the step's batch; together they count as one batch
   * @param step counts from 0
   */
  Figures step(List<Batch> parts, long step) {
    double rate =
        settings.optimizer().learningRate() * settings.schedule().factor((int) step, (int) steps);
    double divisor = Math.max(1, parts.stream().mapToInt(loss::counted).sum());
    double questions = parts.stream().mapToInt(part -> part.ids().size()).sum();
    try (Step whole = Step.inference(manager)) {
      double sum = 0;
      List<NDArray> total = List.of();
      Map<String, Double> beside = new LinkedHashMap<>();
      for (int part = 0; part < parts.size(); part++) {
        long dropout = Seeds.mix(Seeds.mix(seed, step), part);
        double share = parts.get(part).ids().size() / questions;
        Partial partial = learn(parts.get(part), divisor, share, dropout, whole);
        sum += partial.loss();
        partial.beside().forEach((name, value) -> beside.merge(name, value, Double::sum));
        total = gradients.add(total, partial.gradients());
      }
      NDArray norm = gradients.norm(total);
      Figures figures = new Figures(sum, norm.getFloat(), rate, beside);
      if (figures.finite()) {
        for (Taught group : groups) {
          group.update(total, norm, step + 1, rate);
        }
      }
      return figures;
    }
  }

  private record Partial(double loss, Map<String, Double> beside, List<NDArray> gradients) {}

  private Partial learn(Batch part, double divisor, double share, long dropout, Step whole) {
    try (Step recording = recording(dropout)) {
      Supplier<StepLoss> forward = () -> loss.of(part, divisor, share, recording);
      StepLoss found = settings.dropout() > 0 ? recording.drawing(dropout, forward) : forward.get();
      Map<String, Double> beside = new LinkedHashMap<>();
      found.beside().forEach((name, value) -> beside.put(name, (double) value.getFloat()));
      double value = found.loss().value().getFloat();
      return new Partial(value, beside, gradients.of(found.loss(), recording, whole));
    }
  }

  private Step recording(long dropout) {
    return settings.batches().recompute()
        ? Step.recomputing(manager, gradients.parameters(), dropout)
        : Step.training(manager);
  }

  /** What a checkpoint must hold beside the weights. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    groups.forEach(group -> state.putAll(group.rule().state()));
    return state;
  }

  /** Goes on from a {@link #state} that was saved. */
  void restore(Path file) throws IOException {
    Map<String, NDArray> state = state();
    try (Step step = Step.inference(manager);
        Parameters stored = new Parameters(step.manager(), 0)) {
      Checkpoint.open(file).into(stored);
      List<NDArray> values = new ArrayList<>();
      state.forEach(
          (name, array) -> values.add(stored.declare(name, array.getShape(), Initializer.zeros())));
      if (!stored.report().complete()) {
        throw new UserError(file + " does not fit the optimizer it is for\n" + stored.report());
      }
      script.assign(List.copyOf(state.values()), values);
    }
  }
}
