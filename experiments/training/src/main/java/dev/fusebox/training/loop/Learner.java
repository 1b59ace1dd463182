package dev.fusebox.training.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.OperationCount;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.Seeds;
import dev.fusebox.training.optimize.ParameterGroup;
import dev.fusebox.training.optimize.StepGradients;
import dev.fusebox.training.optimize.TrainableParameters;
import dev.fusebox.training.optimize.UpdateRule;
import dev.fusebox.training.recipe.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model or its replicas, what learns in it, and the optimizer: takes one step after the other.
 */
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

  private final Replicas replicas;
  private final TrainingSettings settings;
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
    this(
        new Replicas(List.of(new Replica(model, learning, settings))),
        learning,
        settings,
        steps,
        seed);
  }

  /**
   * The same for several replicas, which share the work.
   *
   * @param replicas with equal numbers
   * @param learning all that learns, of the first
   */
  Learner(
      Replicas replicas,
      List<ParameterGroup> learning,
      TrainingSettings settings,
      long steps,
      long seed) {
    this.replicas = replicas;
    this.settings = settings;
    int first = 0;
    for (ParameterGroup group : learning) {
      UpdateRule rule =
          settings
              .optimizer()
              .rule(group.parameters(), replicas.first().script(), settings.largestNorm());
      groups.add(new Taught(group, rule, first));
      first += group.parameters().size();
    }
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
    return step(parts, step, replicas::learn);
  }

  /** The same, and what it took, for which replicas take turns. */
  OperationCount<Figures> counted(List<Batch> parts, long step) {
    return OperationCount.during(() -> step(parts, step, replicas::learnInTurn));
  }

  /** How replicas learn parts, one each. */
  private interface Learning {
    List<Replica.Partial> learn(List<Replica.Part> parts, NDManager owner);
  }

  private Figures step(List<Batch> batches, long step, Learning learning) {
    double rate =
        settings.optimizer().learningRate() * settings.schedule().factor((int) step, (int) steps);
    List<Replica.Part> parts = parts(batches, step);
    StepGradients gradients = replicas.first().gradients();
    try (Step whole = Step.inference(replicas.first().manager())) {
      double sum = 0;
      List<NDArray> total = List.of();
      Map<String, Double> beside = new LinkedHashMap<>();
      for (int from = 0; from < parts.size(); from += replicas.size()) {
        int to = Math.min(from + replicas.size(), parts.size());
        for (Replica.Partial part : learning.learn(parts.subList(from, to), whole.manager())) {
          sum += part.loss();
          part.beside().forEach((name, value) -> beside.merge(name, value, Double::sum));
          total = gradients.add(total, part.gradients());
        }
      }
      NDArray norm = gradients.norm(total);
      Figures figures = new Figures(sum, norm.getFloat(), rate, beside);
      if (figures.finite()) {
        for (Taught group : groups) {
          group.update(total, norm, step + 1, rate);
        }
        replicas.align();
      }
      return figures;
    }
  }

  private List<Replica.Part> parts(List<Batch> batches, long step) {
    double divisor = Math.max(1, batches.stream().mapToInt(replicas.first()::counted).sum());
    double questions = batches.stream().mapToInt(batch -> batch.ids().size()).sum();
    List<Replica.Part> parts = new ArrayList<>();
    for (Batch batch : batches) {
      long dropout = Seeds.mix(Seeds.mix(seed, step), parts.size());
      parts.add(new Replica.Part(batch, divisor, batch.ids().size() / questions, dropout));
    }
    return parts;
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
    try (Step step = Step.inference(replicas.first().manager());
        Parameters stored = new Parameters(step.manager(), 0)) {
      Checkpoint.open(file).into(stored);
      List<NDArray> values = new ArrayList<>();
      state.forEach(
          (name, array) -> values.add(stored.declare(name, array.getShape(), Initializer.zeros())));
      if (!stored.report().complete()) {
        throw new UserError(file + " does not fit the optimizer it is for\n" + stored.report());
      }
      replicas.first().script().assign(List.copyOf(state.values()), values);
    }
  }
}
