package dev.fusebox.training.optimize;

/**
 * {@code training.optimizer}: how gradients become steps. Each optimizer has its own arguments and
 * no others; a config chooses one by {@code type}.
 */
public sealed interface Optimizer permits Adamw, AdamwHf, Adafactor, AdafactorRelative {

  /** The schedule's peak. */
  double learningRate();

  /** How many numbers are kept for each that learns, about. */
  int statesPerWeight();

  /**
   * The rule with fresh state.
   *
   * @param largestNorm of all gradients together; above it they are scaled down to it
   */
  UpdateRule rule(TrainableParameters learning, TrainingScript script, double largestNorm);
}
