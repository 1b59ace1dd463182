package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;

/**
 * The feed-forward sub-layer with its norm and residual: {@code x + W_o · act(W_i · norm(x))} in
 * v1.0, {@code x + W_o · (act(W_0 · norm(x)) ⊙ W_1 · norm(x))} in v1.1 (Shazeer 2020).
 */
public final class FeedForward {

  private final Blueprint blueprint;
  private final NDArray norm; // (D)
  private final NDArray gate; // (F, D), null unless gated
  private final NDArray inner; // (F, D)
  private final NDArray outer; // (D, F)

  /** Declares {@code prefix.DenseReluDense.*} and {@code prefix.layer_norm.weight}. */
  public FeedForward(String prefix, Blueprint blueprint) {
    this.blueprint = blueprint;
    T5Config config = blueprint.config();
    int d = config.width();
    int f = config.feedForwardWidth();
    String dense = prefix + ".DenseReluDense.";
    double deviation = 1 / Math.sqrt(d);
    gate = config.gated() ? blueprint.matrix(dense + "wi_0.weight", f, d, deviation) : null;
    inner =
        blueprint.matrix(dense + (config.gated() ? "wi_1.weight" : "wi.weight"), f, d, deviation);
    outer = blueprint.matrix(dense + "wo.weight", d, f, 1 / Math.sqrt(f));
    norm = blueprint.norm(prefix + ".layer_norm.weight");
  }

  /** (B, T, D) to (B, T, D). */
  public NDArray forward(NDArray x, Mode mode) {
    T5Config config = blueprint.config();
    int activation = config.activation().code();
    double dropout = mode.dropout(config.dropout());
    return gate == null
        ? blueprint
            .script()
            .segment(
                "feed_forward",
                x,
                x,
                norm,
                inner,
                outer,
                activation,
                config.normEpsilon(),
                dropout,
                blueprint.compute())
        : blueprint
            .script()
            .segment(
                "gated_feed_forward",
                x,
                x,
                norm,
                gate,
                inner,
                outer,
                activation,
                config.normEpsilon(),
                dropout,
                blueprint.compute());
  }
}
