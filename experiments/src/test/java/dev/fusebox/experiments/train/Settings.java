package dev.fusebox.experiments.train;

import dev.fusebox.tensor.Precision;
import java.util.Optional;

/** Settings for tests. */
final class Settings {

  private Settings() {}

  /** AdamW at a constant rate of 0.01, four questions a step, nothing special. */
  static TrainingSettings plain(int steps) {
    return new TrainingSettings(
        0.01,
        1,
        Optional.of(steps),
        4,
        1,
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
        false,
        0,
        false,
        Optional.empty());
  }
}
