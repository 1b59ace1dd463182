package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The weights of one feed-forward sub-layer.
 *
 * @param norm (D), before it
 * @param gate (F, D), Hugging Face's {@code wi_0}; v1.0 has none
 * @param inner (F, D), {@code wi_1} or {@code wi}
 * @param outer (D, F)
 */
public record FeedForwardWeights(NDArray norm, Optional<Matrix> gate, Matrix inner, Matrix outer) {

  /** Declares {@code prefix.DenseReluDense.*} and {@code prefix.layer_norm.weight}. */
  static FeedForwardWeights declare(String prefix, Blueprint blueprint) {
    T5Config config = blueprint.config();
    int d = config.width();
    int f = config.feedForwardWidth();
    String dense = prefix + ".DenseReluDense.";
    double deviation = 1 / Math.sqrt(d);
    Optional<Matrix> gate =
        config.gated()
            ? Optional.of(blueprint.matrix(dense + "wi_0.weight", f, d, deviation))
            : Optional.empty();
    String innerName = dense + (config.gated() ? "wi_1.weight" : "wi.weight");
    Matrix inner = blueprint.matrix(innerName, f, d, deviation);
    Matrix outer = blueprint.matrix(dense + "wo.weight", d, f, 1 / Math.sqrt(f));
    NDArray norm = blueprint.norm(prefix + ".layer_norm.weight");
    return new FeedForwardWeights(norm, gate, inner, outer);
  }
}
