package dev.fusebox.training.task;

/**
 * What a training computed.
 *
 * @param tokens read and written
 * @param places in batches, padding included
 * @param operations floating-point operations per example in the first step, forward and backward,
 *     as {@link dev.fusebox.tensor.OperationCount} counts them; 0 if that was not noted
 */
public record TokenCount(long tokens, long places, double operations) {

  /** The share of the places that were padding. */
  public double padding() {
    return places == 0 ? 0 : 1 - (double) tokens / places;
  }
}
