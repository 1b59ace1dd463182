package dev.fusebox.results.score;

import java.util.List;

/**
 * Mean and standard deviation over seeds.
 *
 * @param mean the mean
 * @param sd with n - 1 in the denominator; NaN for one seed, which says nothing about spread
 * @param seeds how many values went in
 */
public record Spread(double mean, double sd, int seeds) {

  /** Of values, one for each seed. */
  public static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a spread needs at least one value");
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    double sd = values.size() == 1 ? Double.NaN : Math.sqrt(squares / (values.size() - 1));
    return new Spread(mean, sd, values.size());
  }
}
