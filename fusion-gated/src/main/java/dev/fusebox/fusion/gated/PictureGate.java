package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;

/** How much of what was seen is let in. */
sealed interface PictureGate permits SigmoidGate, TanhGate {

  /**
   * Mixes; where a row of {@code mask} (B, R) is zero, {@code hidden} stays as it is.
   *
   * @param hidden (B, T, D)
   * @param seen (B, T, D)
   * @return (B, T, D)
   */
  NDArray mix(NDArray hidden, NDArray seen, NDArray mask);

  /** How far it is open: broadcasts to (B, T, D). */
  NDArray share(NDArray hidden, NDArray seen);
}
