package dev.fusebox.training.loop;

import dev.fusebox.training.recipe.ValidationMetric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a look at the validation questions found.
 *
 * @param loss cross entropy per label that counts
 * @param metric what the run goes by
 * @param percent its value, unless that is the loss
 */
record ValidationResult(double loss, ValidationMetric metric, Optional<Double> percent) {

  /** The loss and the metric, by the names they have in {@code metrics.jsonl}. */
  Map<String, Double> byName() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(ValidationMetric.LOSS.figure(), loss);
    percent.ifPresent(value -> figures.put(metric.figure(), value));
    return figures;
  }

  /** What the run goes by, so that less is better. */
  double cost() {
    return percent.map(value -> -value).orElse(loss);
  }
}
