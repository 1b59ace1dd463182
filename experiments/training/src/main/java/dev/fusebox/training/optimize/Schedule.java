package dev.fusebox.training.optimize;

/**
 * {@code training.schedule}: the learning rate over a training.
 *
 * @param course after the warm-up
 * @param warmup steps in which the rate rises from 0 to its peak
 */
public record Schedule(Course course, int warmup) {

  public Schedule {
    if (warmup < 0) {
      throw new IllegalArgumentException("warmup must be at least 0, found " + warmup);
    }
  }

  /**
   * The factor on the peak.
   *
   * @param step from 0
   * @param steps of the whole training
   */
  public double factor(int step, int steps) {
    if (step < warmup) {
      return (double) step / warmup;
    }
    return course.after(Math.min(1, (double) (step - warmup) / Math.max(1, steps - warmup)));
  }
}
