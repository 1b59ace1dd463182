package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Interval;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What other questions would have given: the percentile interval of a mean over 10,000 resamplings
 * of the questions, with replacement (Efron and Tibshirani 1993, chapter 13).
 */
public final class Bootstrap {

  private static final int RESAMPLES = 10_000;

  /** Of so many values at most the draws are kept: 160 MB of them. */
  private static final int MOST_KEPT = 1 << 13;

  /** The last ones by seed: a table asks for as many values with the same seed, again and again. */
  private static final Map<Long, SoftReference<Draws>> KEPT = new ConcurrentHashMap<>();

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
    double[] means = means(values, seed);
    Arrays.sort(means);
    int tail = (int) Math.floor((1 - level) / 2 * RESAMPLES);
    return new Interval(means[tail], means[RESAMPLES - 1 - tail]);
  }

  private static double[] means(double[] values, long seed) {
    double[] means = new double[RESAMPLES];
    if (values.length <= MOST_KEPT) {
      Draws draws = Draws.of(values.length, seed);
      Arrays.parallelSetAll(means, i -> draws.mean(values, i)); // each by itself: the same bits
    } else {
      SplittableRandom random = new SplittableRandom(seed);
      Arrays.setAll(means, i -> mean(values, random));
    }
    return means;
  }

  private static double mean(double[] values, SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[random.nextInt(values.length)];
    }
    return sum / values.length;
  }

  /** Which values each resampling takes, one after the other; char for 16 bits without a sign. */
  private static final class Draws {

    private final int n;
    private final char[] drawn;

    private Draws(int n, long seed) {
      this.n = n;
      SplittableRandom random = new SplittableRandom(seed);
      drawn = new char[RESAMPLES * n];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (char) random.nextInt(n);
      }
    }

    static Draws of(int n, long seed) {
      SoftReference<Draws> last = KEPT.get(seed);
      Draws kept = last == null ? null : last.get();
      if (kept == null || kept.n != n) {
        kept = new Draws(n, seed);
        KEPT.put(seed, new SoftReference<>(kept));
      }
      return kept;
    }

    double mean(double[] values, int resample) {
      double sum = 0;
      for (int i = resample * n; i < (resample + 1) * n; i++) {
        sum += values[drawn[i]];
      }
      return sum / n;
    }
  }
}
