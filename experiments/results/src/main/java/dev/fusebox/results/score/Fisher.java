package dev.fusebox.results.score;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * Fisher's exact test (1922) of whether two properties depend on each other, over how often each of
 * the four cases occurs.
 *
 * @param both have both
 * @param onlyFirst have the first alone
 * @param onlySecond have the second alone
 * @param neither have none
 */
public record Fisher(int both, int onlyFirst, int onlySecond, int neither) {

  /** Tables that are as likely but for rounding are as likely. */
  private static final double ROUNDING = 1 + 1e-7;

  public Fisher {
    if (Math.min(Math.min(both, onlyFirst), Math.min(onlySecond, neither)) < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, found %d, %d, %d, %d"
              .formatted(both, onlyFirst, onlySecond, neither));
    }
  }

  /** The two-sided p-value: all tables of the same margins that are no likelier than this one. */
  public double p() {
    int all = both + onlyFirst + onlySecond + neither;
    if (all == 0) {
      return 1;
    }
    HypergeometricDistribution tables =
        HypergeometricDistribution.of(all, both + onlySecond, both + onlyFirst);
    double limit = tables.probability(both) * ROUNDING;
    double p = 0;
    for (int x = tables.getSupportLowerBound(); x <= tables.getSupportUpperBound(); x++) {
      p += tables.probability(x) <= limit ? tables.probability(x) : 0;
    }
    return Math.min(1, p);
  }
}
