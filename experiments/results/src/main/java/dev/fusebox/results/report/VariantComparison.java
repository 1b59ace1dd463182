package dev.fusebox.results.report;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Power;
import dev.fusebox.results.table.Numbers;
import java.util.Locale;

/**
 * A variant against its control, over the same questions.
 *
 * @param variant the variant
 * @param control what it is compared with
 * @param among the label of the category whose questions count; empty: all count
 * @param difference the variant's accuracy less the control's, in points
 * @param interval its 95% interval, in points
 * @param p of the exact paired test
 * @param power what difference these questions can show
 * @param adjusted the same after Holm's correction over all comparisons of the table
 */
public record VariantComparison(
    String variant,
    String control,
    String among,
    double difference,
    Interval interval,
    double p,
    Power power,
    double adjusted) {

  private static final double LEVEL = 0.05;
  private static final double SMALL = 0.02;

  /** Whether the two are told apart at 5 %, after correction. */
  boolean clear() {
    return adjusted < LEVEL;
  }

  /** What may be concluded where the two are not told apart. */
  String limits() {
    return power.alike() ? unseen() : detectable();
  }

  private String unseen() {
    return String.format(
        Locale.ROOT,
        "none of %s tells them apart, so up to %.1f %% of such questions might (95 %% confidence)",
        Numbers.count(power.questions(), "question"),
        100 * power.unseen());
  }

  private String detectable() {
    return String.format(
        Locale.ROOT,
        "%s %s (80 %% power, with these trained seeds); %.0f points would take %,d",
        Numbers.count(power.questions(), "question"),
        power.inWords(),
        100 * SMALL,
        power.questionsFor(SMALL));
  }

  /** Whether all questions count. */
  boolean overAll() {
    return among.isEmpty();
  }

  /** The same with another corrected p-value. */
  VariantComparison corrected(double value) {
    return new VariantComparison(variant, control, among, difference, interval, p, power, value);
  }
}
