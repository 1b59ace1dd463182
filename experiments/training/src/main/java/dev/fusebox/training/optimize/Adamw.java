package dev.fusebox.training.optimize;

/**
 * {@code adamw}: AdamW (Loshchilov and Hutter 2019) in torch's form, as Hugging Face's Trainer uses
 * it today: decay first, epsilon after the bias correction.
 *
 * @param learningRate the schedule's peak
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled; norms and biases have none
 */
public record Adamw(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {

  public Adamw {
    Arguments.requirePositive("learningRate", learningRate);
    Arguments.requireShare("beta1", beta1);
    Arguments.requireShare("beta2", beta2);
    Arguments.requirePositive("epsilon", epsilon);
    Arguments.requireDecay(weightDecay);
  }

  /** Two moments. */
  @Override
  public int statesPerWeight() {
    return 2;
  }

  /** √(v / c) + ε, where v is the second moment and c corrects its bias. */
  @Override
  public UpdateRule rule(TrainableParameters learning, TrainingScript script, double largestNorm) {
    return new AdamwRule(this, step -> epsilon, learning, script, largestNorm);
  }
}
