package dev.fusebox.results.report;

import dev.fusebox.questions.mark.Interval;

/**
 * A variant against its control, over the same questions.
 *
 * @param variant the variant
 * @param control what it is compared with
 * @param difference the variant's accuracy less the control's, in points
 * @param interval its 95% interval, in points
 * @param p of the exact paired test
 * @param adjusted the same after Holm's correction over all comparisons of the table
 */
public record VariantComparison(
    String variant,
    String control,
    double difference,
    Interval interval,
    double p,
    double adjusted) {

  /** The same with another corrected p-value. */
  VariantComparison corrected(double value) {
    return new VariantComparison(variant, control, difference, interval, p, value);
  }
}
