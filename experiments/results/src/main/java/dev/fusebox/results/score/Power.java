package dev.fusebox.results.score;

import java.util.Locale;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What difference of two variants so many questions can show: found four times in five (80 % power)
 * by a two-sided paired test at 5 %, before correction. From the spread of the questions'
 * differences as observed, by the normal approximation: {@code δ = (z(0.975) + z(0.8)) · sd / √n},
 * but never fewer than the six questions that the exact test takes, all of which differ in one
 * direction.
 *
 * <p>Seeds are taken as they are: more of them bring the shares nearer to what training gives in
 * the mean, and so lower the deviation, but they bring no questions. It is the difference between
 * these trained models that is detected; what other seeds would have given is the spread over
 * seeds.
 *
 * @param deviation standard deviation, over the questions, of the difference between the shares of
 *     seeds that are right: 0 to 1
 * @param questions how many were asked
 */
public record Power(double deviation, int questions) {

  /** {@code 2 · 2⁻⁶} is below 5 %, {@code 2 · 2⁻⁵} is not. */
  private static final int FEWEST = 6;

  private static final double LEVEL = 0.05;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double BOTH =
      NORMAL.inverseCumulativeProbability(0.975) + NORMAL.inverseCumulativeProbability(0.8);

  /** The smallest difference in accuracy that is found four times in five, from 0 to 1. */
  public double detectable() {
    return Math.max(BOTH * deviation / Math.sqrt(questions), (double) FEWEST / questions);
  }

  /** {@code can detect 5.7 points}; so few questions may be that they cannot detect any. */
  public String inWords() {
    return detectable() > 1
        ? "cannot detect any difference"
        : String.format(Locale.ROOT, "can detect %.1f points", 100 * detectable());
  }

  /** Whether no question tells the two apart, so that there is no spread to go by. */
  public boolean alike() {
    return deviation == 0;
  }

  /**
   * The share of all such questions that might tell two variants apart though none of these does:
   * 95 % confidence.
   */
  public double unseen() {
    return 1 - Math.pow(LEVEL, 1.0 / questions);
  }

  /** The same for another number of questions. */
  public Power with(int others) {
    return new Power(deviation, others);
  }

  /** How many questions would show that difference in accuracy. */
  public long questionsFor(double difference) {
    double spread = Math.pow(BOTH * deviation / difference, 2);
    return Math.round(Math.ceil(Math.max(spread, FEWEST / difference)));
  }
}
