package dev.fusebox.training.task;

/**
 * What a training computed.
 *
 * @param tokens read and written
 * @param places in batches, padding included
 */
public record TokenCount(long tokens, long places) {

  /** The share of the places that were padding. */
  public double padding() {
    return places == 0 ? 0 : 1 - (double) tokens / places;
  }
}
