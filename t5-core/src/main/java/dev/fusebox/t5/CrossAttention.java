package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;

/**
 * The decoder's attention to what the encoder read, with its norm and residual; no position bias.
 */
final class CrossAttention {

  private final Blueprint blueprint;
  private final AttentionWeights weights;

  /** Declares {@code prefix.EncDecAttention.*} and {@code prefix.layer_norm.weight}. */
  CrossAttention(String prefix, Blueprint blueprint) {
    this.blueprint = blueprint;
    weights = AttentionWeights.declare(prefix, "EncDecAttention", blueprint);
  }

  AttentionWeights weights() {
    return weights;
  }

  /**
   * All positions at once.
   *
   * @param x (B, U, D)
   * @param memory (B, S, D)
   * @param mask additive, (B, 1, 1, S)
   * @return (B, U, D)
   */
  NDArray forward(NDArray x, NDArray memory, NDArray mask, Mode mode) {
    return blueprint.script().crossAttention(x, memory, weights, mask, mode);
  }
}
