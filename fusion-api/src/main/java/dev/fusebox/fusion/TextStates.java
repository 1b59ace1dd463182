package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;

/**
 * The encoder's sequence at some point of the pass.
 *
 * @param hidden (B, T, D)
 * @param mask (B, T), 1 = counts
 * @param related the positions among which T5's relative position bias holds; between all others it
 *     is zero
 * @since 0.1
 */
public record TextStates(NDArray hidden, NDArray mask, Span related) {

  /**
   * Positions {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @param from at least 0
   * @param to more than {@code from}
   */
  public record Span(long from, long to) {
    public Span {
      if (from < 0 || to <= from) {
        throw new IllegalArgumentException(
            "a span must have 0 <= from < to, found " + from + ", " + to);
      }
    }
  }

  /** Text whose positions are all related. */
  public TextStates(NDArray hidden, NDArray mask) {
    this(hidden, mask, new Span(0, hidden.getShape().get(1)));
  }

  /** The same sequence with other values. */
  public TextStates withHidden(NDArray other) {
    return new TextStates(other, mask, related);
  }
}
