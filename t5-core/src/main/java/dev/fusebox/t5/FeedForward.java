package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;

/**
 * The feed-forward sub-layer with its norm and residual: {@code x + W_o · act(W_i · norm(x))} in
 * v1.0, {@code x + W_o · (act(W_0 · norm(x)) ⊙ W_1 · norm(x))} in v1.1 (Shazeer 2020).
 */
final class FeedForward {

  private final Blueprint blueprint;
  private final FeedForwardWeights weights;

  /** Declares {@code prefix.DenseReluDense.*} and {@code prefix.layer_norm.weight}. */
  FeedForward(String prefix, Blueprint blueprint) {
    this.blueprint = blueprint;
    weights = FeedForwardWeights.declare(prefix, blueprint);
  }

  FeedForwardWeights weights() {
    return weights;
  }

  /** (B, T, D) to (B, T, D). */
  NDArray forward(NDArray x, Mode mode) {
    return blueprint.script().feedForward(x, weights, mode);
  }
}
