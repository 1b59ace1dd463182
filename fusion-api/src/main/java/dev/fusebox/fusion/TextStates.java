package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;

/**
 * The encoder's hidden states at some point of the forward pass.
 *
 * @param hidden (B, T, D)
 * @param mask (B, T), 1 = token, 0 = padding
 * @param related the positions between which T5's relative position bias applies; elsewhere it is
 *     zero
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

  /** Text in which the position bias applies everywhere. */
  public TextStates(NDArray hidden, NDArray mask) {
    this(hidden, mask, new Span(0, hidden.getShape().get(1)));
  }

  /** The same sequence with other values. */
  public TextStates withHidden(NDArray other) {
    return new TextStates(other, mask, related);
  }
}
