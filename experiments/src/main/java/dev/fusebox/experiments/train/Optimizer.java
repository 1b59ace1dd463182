package dev.fusebox.experiments.train;

import dev.fusebox.tensor.TorchScript;

/** How gradients become steps. */
public enum Optimizer {
  /**
   * AdamW (Loshchilov and Hutter 2019) in torch's form, as Hugging Face's Trainer uses it: decay
   * first, epsilon after the bias correction.
   */
  ADAMW {
    @Override
    UpdateRule create(TrainingSettings settings, Learning learning, TorchScript script) {
      return new AdamwRule(settings, learning, script);
    }
  },
  /**
   * Adafactor (Shazeer and Stern 2018), T5's own, as Hugging Face's Trainer uses it: the learning
   * rate is absolute, and there is no first moment.
   */
  ADAFACTOR {
    @Override
    UpdateRule create(TrainingSettings settings, Learning learning, TorchScript script) {
      return new AdafactorRule(settings, learning, script);
    }
  };

  /** The rule with fresh state. */
  abstract UpdateRule create(TrainingSettings settings, Learning learning, TorchScript script);
}
