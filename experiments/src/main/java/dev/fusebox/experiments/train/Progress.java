package dev.fusebox.experiments.train;

/**
 * How far a run is; with the weights and the optimizer's state this is all that it needs to go on.
 *
 * @param step how many steps are done
 * @param bestStep after which step the validation loss was least; 0 if nobody has looked yet
 * @param bestLoss that loss
 * @param looksWithoutGain how many looks at the validation questions since then
 */
record Progress(long step, long bestStep, double bestLoss, int looksWithoutGain) {

  static final Progress START = new Progress(0, 0, Double.MAX_VALUE, 0);

  Progress afterStep() {
    return new Progress(step + 1, bestStep, bestLoss, looksWithoutGain);
  }

  Progress afterLook(double loss) {
    return loss < bestLoss
        ? new Progress(step, step, loss, 0)
        : new Progress(step, bestStep, bestLoss, looksWithoutGain + 1);
  }

  /** Whether the last look was the best. */
  boolean justImproved() {
    return bestStep == step && step > 0;
  }
}
