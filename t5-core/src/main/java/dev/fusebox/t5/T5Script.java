package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;

/**
 * The face of {@code t5.py}: the sub-layers of T5, one call into libtorch each. A sub-layer is
 * pre-norm and residual: {@code x + dropout(f(rmsNorm(x)))}.
 *
 * <p>Letters: B batch, T text length, S keys, H heads, D width.
 */
final class T5Script {

  static final ScriptSource SOURCE = new ScriptSource(T5Script.class, "t5.py");

  private final TorchScript script;
  private final int heads;
  private final int activation;
  private final double epsilon;
  private final double dropout;
  private final int compute;

  T5Script(T5Config config, Ops ops, Matrices matrices) {
    this(config, ops.precision(), ops.script(matrices.script(), SOURCE));
  }

  T5Script(T5Config config, Precision precision, TorchScript script) {
    this.script = script;
    heads = config.heads();
    activation = config.activation().code();
    epsilon = config.normEpsilon();
    dropout = config.dropout();
    compute = precision.code();
  }

  /**
   * Self-attention.
   *
   * @param x (B, T, D)
   * @param bias (1 or B, H, T, T): positions and mask
   * @return (B, T, D)
   */
  NDArray selfAttention(NDArray x, AttentionWeights weights, NDArray bias, Mode mode) {
    return script.segment(
        "self_attention",
        x,
        weights.norm(),
        weights.query().operand(mode),
        weights.key().operand(mode),
        weights.value().operand(mode),
        weights.output().operand(mode),
        bias,
        heads,
        epsilon,
        mode.dropout(dropout),
        compute);
  }

  /**
   * Attention to what the encoder read.
   *
   * @param x (B, T, D)
   * @param memory (B, S, D)
   * @param mask additive, (B, 1, 1, S)
   * @return (B, T, D)
   */
  NDArray crossAttention(
      NDArray x, NDArray memory, AttentionWeights weights, NDArray mask, Mode mode) {
    return script.segment(
        "cross_attention",
        x,
        memory,
        weights.norm(),
        weights.query().operand(mode),
        weights.key().operand(mode),
        weights.value().operand(mode),
        weights.output().operand(mode),
        mask,
        heads,
        epsilon,
        mode.dropout(dropout),
        compute);
  }

  /** The feed-forward, gated if the weights are: (B, T, D) to (B, T, D). */
  NDArray feedForward(NDArray x, FeedForwardWeights weights, Mode mode) {
    return script.segment(
        "feed_forward",
        x,
        weights.norm(),
        weights.gate().map(gate -> gate.operand(mode)),
        weights.inner().operand(mode),
        weights.outer().operand(mode),
        activation,
        epsilon,
        mode.dropout(dropout),
        compute);
  }

  /** Vectors (P, D) that learn before the embeddings (B, T, D) of each row: (B, P + T, D). */
  NDArray promptedStates(NDArray x, NDArray prompt) {
    return script.call("prompted_states", x, prompt);
  }

  /** The mask (B, T) of a text that {@code prompt} (P, D) stands before: (B, P + T). */
  NDArray promptedMask(NDArray mask, NDArray prompt) {
    return script.call("prompted_mask", mask, prompt);
  }

  /** One value per head and distance: int64 (L) and a table (buckets, H) to (H, L). */
  NDArray positionValues(NDArray buckets, NDArray table) {
    return script.call("position_values", buckets, table);
  }

  /**
   * The bias of each query for each key.
   *
   * @param buckets int64 (T + S - 1), of the distances {@code -(T-1)} to {@code S-1}
   * @param table (buckets, H)
   * @param keys S
   * @return (1, H, T, S)
   */
  NDArray positionBias(NDArray buckets, NDArray table, int keys) {
    return script.call("position_bias", buckets, table, keys);
  }

  /** A bias (1, H, T, T) with so many positions around it that it relates to nothing. */
  NDArray padBias(NDArray bias, long before, long after) {
    return script.call("pad_bias", bias, before, after);
  }

  /** A bias (1, H, T, S) that hides what a mask (B, S) hides: (B, H, T, S). */
  NDArray maskedBias(NDArray bias, NDArray mask) {
    return script.call("masked_bias", bias, mask);
  }

  /**
   * A bias (1, H, U, U) under which each token sees those of its own text only.
   *
   * @param texts int64 (B, U): the number of the text that a token belongs to
   * @return (B, H, U, U)
   */
  NDArray packedBias(NDArray bias, NDArray texts) {
    return script.call("packed_bias", bias, texts);
  }

  /**
   * The log probability of texts that lie one after the other in a row.
   *
   * @param logits (B, U, vocabulary)
   * @param labels int64 (B, U); -100 does not count
   * @param texts int64 (B, U): the number of the text that a label belongs to, from 0 to {@code
   *     count}; the last one takes what belongs to none
   * @param table int64 (B, K): the texts to compare in each row; {@code count} where there is none
   * @param perToken whether a text's sum is divided by its tokens
   * @return (B, K), about -3e38 where there is none
   */
  NDArray textScores(
      NDArray logits, NDArray labels, NDArray texts, NDArray table, int count, boolean perToken) {
    return script.call("text_scores", logits, labels, texts, table, count, perToken);
  }

  /** A bias (1, H, T, T) that hides what comes later. */
  NDArray causalBias(NDArray bias) {
    return script.call("causal_bias", bias);
  }
}
