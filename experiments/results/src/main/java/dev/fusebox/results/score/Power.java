package dev.fusebox.results.score;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What difference of two variants so many questions can show: found four times in five (80 % power)
 * by a two-sided paired test at 5 %, before correction. From the spread of the questions'
 * differences as observed, by the normal approximation: {@code δ = (z(0.975) + z(0.8)) · sd / √n}.
 *
 * @param deviation standard deviation, over the questions, of the difference between the shares of
 *     seeds that are right: 0 to 1
 * @param questions how many were asked
 */
public record Power(double deviation, int questions) {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double BOTH =
      NORMAL.inverseCumulativeProbability(0.975) + NORMAL.inverseCumulativeProbability(0.8);

  /** The smallest difference in accuracy that is found four times in five, from 0 to 1. */
  public double detectable() {
    return BOTH * deviation / Math.sqrt(questions);
  }

  /** How many questions would show that difference in accuracy. */
  public long questionsFor(double difference) {
    return Math.round(Math.ceil(Math.pow(BOTH * deviation / difference, 2)));
  }
}
