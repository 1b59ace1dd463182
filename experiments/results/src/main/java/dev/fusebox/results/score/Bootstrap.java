package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What other questions would have given: the percentile interval of a mean over 10,000 resamplings
 * of the questions, with replacement (Efron and Tibshirani 1993, chapter 13).
 */
public final class Bootstrap {

  private static final int RESAMPLES = 10_000;

  private Bootstrap() {}

  /**
   * The interval of the values' mean.
   *
   * @param values one for each question, at least one
   * @param level for example 0.95
   * @param seed the same seed gives the same interval
   */
  public static Interval mean(double[] values, double level, long seed) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a mean needs at least one value");
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    Arrays.setAll(means, i -> resample(values, random));
    Arrays.sort(means);
    int tail = (int) Math.floor((1 - level) / 2 * RESAMPLES);
    return new Interval(means[tail], means[RESAMPLES - 1 - tail]);
  }

  private static double resample(double[] values, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[random.nextInt(values.length)];
    }
    return sum / values.length;
  }
}
