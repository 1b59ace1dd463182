package dev.fusebox.experiments.train;

import java.util.Optional;

/**
 * What a look at the validation questions found.
 *
 * @param loss cross entropy per label that counts
 * @param metric what the run goes by
 * @param percent its value, unless that is the loss
 */
record Look(double loss, ValidationMetric metric, Optional<Double> percent) {

  /** What the run goes by, so that less is better. */
  double cost() {
    return percent.map(value -> -value).orElse(loss);
  }
}
