package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;

/**
 * The weights of one attention sub-layer.
 *
 * @param norm (D), before it
 * @param query (H·K, D)
 * @param key (H·K, D)
 * @param value (H·K, D)
 * @param output (D, H·K)
 */
public record AttentionWeights(
    NDArray norm, Matrix query, Matrix key, Matrix value, Matrix output) {

  /**
   * Declares {@code prefix.kind.*} and {@code prefix.layer_norm.weight}.
   *
   * @param kind {@code SelfAttention} or {@code EncDecAttention}
   */
  static AttentionWeights declare(String prefix, String kind, Blueprint blueprint) {
    T5Config config = blueprint.config();
    String name = prefix + "." + kind;
    int d = config.width();
    int inner = config.attentionWidth();
    Matrix query =
        blueprint.matrix(
            name + ".q.weight", inner, d, 1 / Math.sqrt((double) d * config.headWidth()));
    Matrix key = blueprint.matrix(name + ".k.weight", inner, d, 1 / Math.sqrt(d));
    Matrix value = blueprint.matrix(name + ".v.weight", inner, d, 1 / Math.sqrt(d));
    Matrix output = blueprint.matrix(name + ".o.weight", d, inner, 1 / Math.sqrt(inner));
    NDArray norm = blueprint.norm(prefix + ".layer_norm.weight");
    return new AttentionWeights(norm, query, key, value, output);
  }
}
