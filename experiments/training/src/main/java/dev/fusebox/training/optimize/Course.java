package dev.fusebox.training.optimize;

/** The course of the learning rate after the warm-up. */
public enum Course {
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

  /** The factor on the learning rate after this share of the steps that follow the warm-up. */
  abstract double after(double share);
}
