package dev.fusebox.questions.mark;

/**
 * So many of so many: an accuracy that knows its n.
 *
 * @param correct how many questions were answered rightly
 * @param n how many were asked
 */
public record Proportion(int correct, int n) {

  public Proportion {
    if (correct < 0 || correct > n) {
      throw new IllegalArgumentException(
          "correct must lie between 0 and n = " + n + ", found " + correct);
    }
  }

  /** Whether nothing was asked, so that there is no value. */
  public boolean isEmpty() {
    return n == 0;
  }

  /** The share, 0 to 1; NaN if nothing was asked. */
  public double value() {
    return (double) correct / n;
  }

  /** Times 100. */
  public double percent() {
    return 100 * value();
  }

  /** √(p (1 - p) / n), on the scale 0 to 1. */
  public double standardError() {
    return Math.sqrt(value() * (1 - value()) / n);
  }

  /**
   * Wilson's score interval.
   *
   * @param level for example 0.95
   */
  public Interval wilson(double level) {
    return Interval.wilson(value(), n, level);
  }

  /**
   * Wald's interval, p ± z standard errors: what most papers mean by ±.
   *
   * @param level for example 0.95
   */
  public Interval normal(double level) {
    double reach = Interval.quantile(level) * standardError();
    return new Interval(value() - reach, value() + reach);
  }
}
