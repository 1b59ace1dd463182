package dev.fusebox.results.similarity;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;

/**
 * A layer of BERT: self-attention and feed-forward, each added to what came in and normalised.
 *
 * @param query (D) to (D), as key, value and attended
 * @param attended what attention found, projected
 * @param up (D) to (F)
 * @param down (F) to (D)
 */
record BertLayer(
    BertConfig config,
    Linear query,
    Linear key,
    Linear value,
    Linear attended,
    Normalization attendedNorm,
    Linear up,
    Linear down,
    Normalization norm) {

  static BertLayer declare(BertConfig config, Parameters parameters, String prefix) {
    int width = config.width();
    int wide = config.feedForwardWidth();
    String self = prefix + ".attention.self.";
    String output = prefix + ".attention.output.";
    return new BertLayer(
        config,
        Linear.declare(parameters, self + "query", width, width),
        Linear.declare(parameters, self + "key", width, width),
        Linear.declare(parameters, self + "value", width, width),
        Linear.declare(parameters, output + "dense", width, width),
        Normalization.declare(parameters, output + "LayerNorm", width),
        Linear.declare(parameters, prefix + ".intermediate.dense", width, wide),
        Linear.declare(parameters, prefix + ".output.dense", wide, width),
        Normalization.declare(parameters, prefix + ".output.LayerNorm", width));
  }

  /** (B, T, D) under its mask (B, T) to (B, T, D). */
  NDArray forward(NDArray x, NDArray mask, Ops ops, BertScript script) {
    NDArray read = added(x, attended.apply(ops, attend(x, mask, ops)), attendedNorm, script);
    NDArray wide = ops.activate(up.apply(ops, read), config.activation()); // (B, T, F)
    return added(read, down.apply(ops, wide), norm, script);
  }

  private NDArray attend(NDArray x, NDArray mask, Ops ops) {
    double scale = 1 / Math.sqrt((double) config.width() / config.heads());
    return ops.attention(
        query.apply(ops, x),
        key.apply(ops, x),
        value.apply(ops, x),
        mask,
        config.heads(),
        scale,
        0);
  }

  private NDArray added(NDArray x, NDArray y, Normalization norm, BertScript script) {
    return script.addNorm(x, y, norm, config.normEpsilon());
  }
}
