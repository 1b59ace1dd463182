package dev.fusebox.training.optimize;

/**
 * {@code adafactor-relative}: Adafactor as T5 was pretrained: the learning rate is relative to the
 * root mean square of each parameter, so that small matrices move in small steps and large
 * embeddings in large ones. With it a fresh model learns in minutes what it does not learn at all
 * with an absolute rate.
 *
 * @param learningRate the schedule's peak, a share of a parameter's size
 * @param weightDecay decoupled; norms and biases have none
 */
public record AdafactorRelative(double learningRate, double weightDecay) implements Optimizer {

  /** A parameter counts as at least this large. */
  private static final double SMALLEST = 1e-3;

  public AdafactorRelative {
    Arguments.requirePositive("learningRate", learningRate);
    Arguments.requireDecay(weightDecay);
  }

  /** A number per row and column. */
  @Override
  public int statesPerWeight() {
    return 0;
  }

  @Override
  public UpdateRule rule(TrainableParameters learning, TrainingScript script, double largestNorm) {
    return new AdafactorRule(weightDecay, SMALLEST, learning, script, largestNorm);
  }
}
