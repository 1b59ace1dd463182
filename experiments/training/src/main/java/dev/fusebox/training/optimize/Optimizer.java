package dev.fusebox.training.optimize;

import dev.fusebox.training.recipe.TrainingSettings;

/** How gradients become steps. */
public enum Optimizer {
  /**
   * AdamW (Loshchilov and Hutter 2019) in torch's form, as Hugging Face's Trainer uses it today:
   * decay first, epsilon after the bias correction.
   */
  ADAMW {
    @Override
    public UpdateRule create(TrainingSettings settings, Learning learning, TrainingScript script) {
      return new AdamwRule(settings, learning, script, EpsilonPlace.CORRECTED);
    }
  },
  /**
   * AdamW in the form of transformers' own class, {@code adamw_hf}, the Trainer's default until
   * 2023 and so what Multimodal-CoT was trained with: epsilon joins the root of the second moment
   * before its bias is corrected. In the first steps that is up to thirty times the epsilon, which
   * slows parameters of small gradients. (It decays after the step rather than before; that changes
   * a step by rate × weightDecay of itself, less than a float holds.)
   */
  ADAMW_HF {
    @Override
    public UpdateRule create(TrainingSettings settings, Learning learning, TrainingScript script) {
      return new AdamwRule(settings, learning, script, EpsilonPlace.UNCORRECTED);
    }
  },
  /**
   * Adafactor (Shazeer and Stern 2018), T5's own, as Hugging Face's Trainer uses it: the learning
   * rate is absolute, and there is no first moment.
   */
  ADAFACTOR {
    @Override
    public UpdateRule create(TrainingSettings settings, Learning learning, TrainingScript script) {
      return new AdafactorRule(settings, learning, script, 0);
    }
  },
  /**
   * Adafactor as T5 was pretrained: the learning rate is relative to the root mean square of each
   * parameter, so that small matrices move in small steps and large embeddings in large ones. What
   * a fresh model learns in minutes with it, it does not with an absolute rate.
   */
  ADAFACTOR_RELATIVE {
    @Override
    public UpdateRule create(TrainingSettings settings, Learning learning, TrainingScript script) {
      return new AdafactorRule(settings, learning, script, AdafactorRule.SMALLEST);
    }
  };

  /** The rule with fresh state. */
  public abstract UpdateRule create(
      TrainingSettings settings, Learning learning, TrainingScript script);
}
