package dev.fusebox.training.recipe;

import java.util.Optional;

/**
 * {@code training.validation}: measuring on held-out questions during training, and what follows
 * from it.
 *
 * @param every epochs between two validations; 0 validates at the end only
 * @param metric what validation measures besides the loss, and what {@code keepBest} and {@code
 *     patience} go by
 * @param keepBest whether the weights of the best validation are the result, else the last
 * @param patience validations without improvement after which training stops (early stopping)
 */
public record ValidationSettings(
    double every, ValidationMetric metric, boolean keepBest, Optional<Integer> patience) {

  public ValidationSettings {
    Rules.require(every >= 0, "every must be at least 0, found " + every);
    Rules.require(
        patience.orElse(1) > 0, "patience must be at least 1, found " + patience.orElse(1));
  }

  /** Whether the validation questions are looked at. */
  public boolean looks() {
    return every > 0 || keepBest;
  }
}
