package dev.fusebox.questions;

import java.util.Optional;

/**
 * {@code data.limits}: how much of each split; all of it where nothing is said. A number below 1 is
 * a share, a whole number a count; the first questions of the split are taken.
 */
public record SplitLimits(
    Optional<Double> train, Optional<Double> validation, Optional<Double> test) {

  public SplitLimits {
    check("train", train);
    check("validation", validation);
    check("test", test);
  }

  private static void check(String key, Optional<Double> limit) {
    double found = limit.orElse(1.0);
    boolean whole = found >= 1 && found == Math.rint(found);
    if (!whole && !(found > 0 && found < 1)) {
      throw new IllegalArgumentException(
          key + " must be a share between 0 and 1 or a whole number of questions, found " + found);
    }
  }

  /** How many of {@code size} questions {@code limit} leaves: at least one. */
  public static int apply(Optional<Double> limit, int size) {
    double found = limit.orElse((double) size);
    return (int) Math.min(size, found < 1 ? Math.max(1, Math.round(found * size)) : found);
  }
}
