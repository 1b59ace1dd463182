package dev.fusebox.training.optimize;

import dev.fusebox.training.recipe.TrainingSettings;

/**
 * Where AdamW adds its epsilon: to the root of the second moment v after or before the correction
 * of v's bias, c = 1 - beta2^step.
 */
enum EpsilonPlace {
  /** √(v / c) + ε, as in torch. */
  CORRECTED {
    @Override
    double epsilon(TrainingSettings settings, long step) {
      return settings.epsilon();
    }
  },
  /** (√v + ε) / √c = √(v / c) + ε / √c, as in transformers' own class. */
  UNCORRECTED {
    @Override
    double epsilon(TrainingSettings settings, long step) {
      return settings.epsilon() / Math.sqrt(1 - Math.pow(settings.beta2(), step));
    }
  };

  /**
   * What is added to the corrected root.
   *
   * @param step from 1
   */
  abstract double epsilon(TrainingSettings settings, long step);
}
