package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;

/** The self-attention sub-layer with its norm and residual. */
final class SelfAttention {

  private final Blueprint blueprint;
  private final AttentionWeights weights;

  /** Declares {@code prefix.SelfAttention.*} and {@code prefix.layer_norm.weight}. */
  SelfAttention(String prefix, Blueprint blueprint) {
    this.blueprint = blueprint;
    weights = AttentionWeights.declare(prefix, "SelfAttention", blueprint);
  }

  AttentionWeights weights() {
    return weights;
  }

  /**
   * All positions at once.
   *
   * @param x (B, T, D)
   * @param bias (1 or B, H, T, T): positions and mask
   * @return (B, T, D)
   */
  NDArray forward(NDArray x, NDArray bias, Mode mode) {
    return blueprint.script().selfAttention(x, weights, bias, mode);
  }
}
