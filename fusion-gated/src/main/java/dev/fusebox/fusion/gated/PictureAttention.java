package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;

/** How the text attends to the picture. */
sealed interface PictureAttention permits ProjectedAttention, PlainAttention {

  /** What is computed from the picture alone: (B, R, V) to (B, R, …). */
  NDArray remember(NDArray features);

  /**
   * Looks.
   *
   * @param hidden (B, T, D)
   * @param mask (B, R)
   * @return (B, T, D)
   */
  NDArray look(NDArray hidden, NDArray memory, NDArray mask);

  /** The weights (B, T, R) of that look, heads averaged. */
  NDArray weights(NDArray hidden, NDArray memory, NDArray mask);
}
