package dev.fusebox.training.optimize;

/** The learning rate's course after the warm-up. */
public enum Schedule {
  /** A straight line to 0 at the last step. */
  LINEAR {
    @Override
    double after(double share) {
      return 1 - share;
    }
  },
  /** Half a cosine to 0 at the last step. */
  COSINE {
    @Override
    double after(double share) {
      return 0.5 * (1 + Math.cos(Math.PI * share));
    }
  },
  /** No change. */
  CONSTANT {
    @Override
    double after(double share) {
      return 1;
    }
  };

  /**
   * The factor on the learning rate.
   *
   * @param step from 0
   * @param warmup steps in which the factor rises from 0
   * @param steps of the whole training
   */
  public double factor(int step, int warmup, int steps) {
    if (step < warmup) {
      return (double) step / warmup;
    }
    return after(Math.min(1, (double) (step - warmup) / Math.max(1, steps - warmup)));
  }

  abstract double after(double share);
}
