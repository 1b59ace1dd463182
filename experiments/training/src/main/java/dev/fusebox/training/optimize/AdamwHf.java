package dev.fusebox.training.optimize;

/**
 * {@code adamw-hf}: AdamW in the form of transformers' own class, {@code adamw_hf}, the Trainer's
 * default until 2023 and so what Multimodal-CoT was trained with: epsilon joins the root of the
 * second moment before its bias is corrected. In the first steps that is up to thirty times the
 * epsilon, which slows parameters of small gradients. (It decays after the step rather than before;
 * that changes a step by rate × weightDecay of itself, less than a float holds.)
 *
 * @param learningRate the schedule's peak
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled; norms and biases have none
 */
public record AdamwHf(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {

  public AdamwHf {
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

  /** (√v + ε) / √c = √(v / c) + ε / √c, with c = 1 - beta2^step. */
  @Override
  public UpdateRule rule(TrainableParameters learning, TrainingScript script, double largestNorm) {
    return new AdamwRule(
        new Adamw(learningRate, beta1, beta2, epsilon, weightDecay),
        step -> epsilon / Math.sqrt(1 - Math.pow(beta2, step)),
        learning,
        script,
        largestNorm);
  }
}
