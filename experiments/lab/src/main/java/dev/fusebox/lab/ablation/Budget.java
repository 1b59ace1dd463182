package dev.fusebox.lab.ablation;

/** {@code ablation.budget}: what the variants of an experiment are made equal in. */
enum Budget {
  /** Numbers that are trained: fresh models with fewer get wider feed-forwards. */
  PARAMETERS("trained numbers"),
  /** Steps of training. */
  STEPS("steps"),
  /**
   * Time of training, in floating-point operations rather than by a clock, so that a plan is the
   * same on every machine and at every hour: cheaper variants take more steps.
   */
  TIME("floating-point operations");

  private final String unit;

  Budget(String unit) {
    this.unit = unit;
  }

  /** What it is counted in, in words. */
  String unit() {
    return unit;
  }
}
