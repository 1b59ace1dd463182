package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.fusion.TextStates.Span;

/**
 * The learnt bias of each head for each distance, shared by all blocks of a stack. Masks are added
 * by the caller.
 */
final class PositionBias {

  /**
   * How far apart a fresh model's biases are: every head begins with distances of its own. Hugging
   * Face begins near zero, where all heads look everywhere alike; a small model then needs several
   * times the steps until one of them finds the token before.
   */
  private static final double SPREAD = 2;

  private final Blueprint blueprint;
  private final RelativePositions positions;
  private final NDArray table; // (buckets, H)

  /** Declares {@code stack.block.0.layer.0.SelfAttention.relative_attention_bias.weight}. */
  PositionBias(String stack, boolean bidirectional, Blueprint blueprint) {
    this.blueprint = blueprint;
    T5Config config = blueprint.config();
    positions =
        new RelativePositions(config.positionBuckets(), config.maxDistance(), bidirectional);
    table =
        blueprint.table(
            stack + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight",
            config.positionBuckets(),
            config.heads(),
            SPREAD);
  }

  /** (1, H, length, length) with zeros outside of {@code related}. */
  NDArray among(NDManager manager, long length, Span related) {
    int span = (int) (related.to() - related.from());
    NDArray buckets = manager.create(positions.buckets(1 - span, span - 1));
    NDArray bias = blueprint.script().positionBias(buckets, table, span);
    return span == length
        ? bias
        : blueprint.script().padBias(bias, related.from(), length - related.to());
  }

  /** (H, capacity): the values of the distances {@code -(capacity - 1)} to 0. */
  NDArray backwards(NDManager manager, int capacity) {
    NDArray buckets = manager.create(positions.buckets(1 - capacity, 0));
    return blueprint.script().positionValues(buckets, table);
  }
}
