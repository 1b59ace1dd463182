package dev.fusebox.training.loop;

import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.optimize.Optimizer;
import dev.fusebox.training.optimize.Schedule;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import java.util.Optional;

/** Settings for tests. */
public record Settings(
    int steps,
    double learningRate,
    double evaluateEvery,
    ValidationMetric metric,
    boolean keepBest,
    int patience) {

  public Settings(
      int steps, double learningRate, double evaluateEvery, boolean keepBest, int patience) {
    this(steps, learningRate, evaluateEvery, ValidationMetric.LOSS, keepBest, patience);
  }

  /** AdamW at a constant rate of 0.01, four questions a step in two parts, dropout. */
  public static TrainingSettings plain(int steps) {
    return new Settings(steps, 0.01, 0, false, Integer.MAX_VALUE).build();
  }

  public TrainingSettings build() {
    return saving(Optional.empty(), Optional.empty());
  }

  /** The same with states every so many seconds, of which so many are kept. */
  TrainingSettings saving(Optional<Integer> saveEvery, Optional<Integer> keepLast) {
    return of(BatchFill.QUESTIONS, saveEvery, keepLast);
  }

  /** The same with batches of equally many of these. */
  TrainingSettings filling(BatchFill fill) {
    return of(fill, Optional.empty(), Optional.empty());
  }

  private TrainingSettings of(
      BatchFill fill, Optional<Integer> saveEvery, Optional<Integer> keepLast) {
    return new TrainingSettings(
        learningRate,
        1,
        Optional.of(steps),
        4,
        50,
        fill,
        2,
        false,
        Optimizer.ADAMW,
        0.9,
        0.999,
        1e-8,
        0.1,
        Schedule.CONSTANT,
        0,
        1,
        0,
        0.1,
        Precision.FLOAT32,
        false,
        evaluateEvery,
        metric,
        keepBest,
        Optional.of(patience),
        saveEvery,
        keepLast);
  }
}
