package dev.fusebox.training.loop;

/**
 * How far a run is; with the weights and the optimizer's state this is all that it needs to go on.
 *
 * @param step how many steps are done
 * @param bestStep after which step a look was best; 0 if nobody has looked yet
 * @param bestCost what that look found; less is better
 * @param looksWithoutGain how many looks at the validation questions since then
 */
record Progress(long step, long bestStep, double bestCost, int looksWithoutGain) {

  static final Progress START = new Progress(0, 0, Double.MAX_VALUE, 0);

  Progress afterStep() {
    return new Progress(step + 1, bestStep, bestCost, looksWithoutGain);
  }

  Progress afterLook(double cost) {
    return cost < bestCost
        ? new Progress(step, step, cost, 0)
        : new Progress(step, bestStep, bestCost, looksWithoutGain + 1);
  }

  /** Whether the last look was the best. */
  boolean justImproved() {
    return bestStep == step && step > 0;
  }
}
