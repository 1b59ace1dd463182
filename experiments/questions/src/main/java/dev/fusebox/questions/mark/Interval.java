package dev.fusebox.questions.mark;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** A range of numbers, both ends included. */
public record Interval(double low, double high) {

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must not be above high, found " + low + ", " + high);
    }
  }

  /** Whether the number lies inside. */
  public boolean contains(double number) {
    return low <= number && number <= high;
  }

  /** The same range in another unit. */
  public Interval times(double factor) {
    return new Interval(
        Math.min(low * factor, high * factor), Math.max(low * factor, high * factor));
  }

  /**
   * Wilson's score interval of a share (1927): stays inside 0 to 1 and holds its level near the
   * ends, where ± 1.96 standard errors does not.
   *
   * @param share 0 to 1; may be a mean over seeds
   * @param n how many independent questions stand behind it
   * @param level for example 0.95
   */
  public static Interval wilson(double share, int n, double level) {
    double z = quantile(level);
    double middle = share + z * z / (2 * n);
    double reach = z * Math.sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
    double scale = 1 + z * z / n;
    // Rounded, the ends may come to lie a hair inside of a share of 0 or 1, which belongs to them.
    return new Interval(
        Math.min(share, Math.max(0, (middle - reach) / scale)),
        Math.max(share, Math.min(1, (middle + reach) / scale)));
  }

  /** How many standard errors a two-sided interval of this level reaches to each side. */
  static double quantile(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must lie between 0 and 1, found " + level);
    }
    return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2);
  }
}
