package dev.fusebox.training.optimize;

/**
 * {@code adafactor}: Adafactor (Shazeer and Stern 2018), T5's own, as Hugging Face's Trainer uses
 * it: the learning rate is absolute, and there is no first moment.
 *
 * @param learningRate the schedule's peak
 * @param weightDecay decoupled; norms and biases have none
 */
public record Adafactor(double learningRate, double weightDecay) implements Optimizer {

  public Adafactor {
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
    return new AdafactorRule(weightDecay, 0, learning, script, largestNorm);
  }
}
