package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Graded;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's exact test for two runs over the same questions: under the null hypothesis a question
 * that only one of them answers rightly is as likely to be the first one's as the second one's.
 *
 * @param onlyFirst questions that only the first run answers rightly
 * @param onlySecond questions that only the second run answers rightly
 */
public record McNemar(int onlyFirst, int onlySecond) {

  public McNemar {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, found " + onlyFirst + ", " + onlySecond);
    }
  }

  /** Counts the questions on which two runs differ. The questions must be the same, in order. */
  public static McNemar of(Graded first, Graded second) {
    Paired.sameQuestions(first, second);
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < first.correct().size(); i++) {
      boolean a = first.correct().get(i);
      boolean b = second.correct().get(i);
      onlyFirst += a && !b ? 1 : 0;
      onlySecond += b && !a ? 1 : 0;
    }
    return new McNemar(onlyFirst, onlySecond);
  }

  /** The two-sided p-value, from the binomial distribution: min(1, 2 P(X ≤ the smaller count)). */
  public double p() {
    int discordant = onlyFirst + onlySecond;
    if (discordant == 0) {
      return 1;
    }
    double tail =
        BinomialDistribution.of(discordant, 0.5)
            .cumulativeProbability(Math.min(onlyFirst, onlySecond));
    return Math.min(1, 2 * tail);
  }
}
