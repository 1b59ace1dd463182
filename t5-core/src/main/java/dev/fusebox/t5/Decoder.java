package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.TextStates.Span;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The decoder: blocks of causal self-attention, attention to the encoder's states, and
 * feed-forward.
 */
final class Decoder {

  private record Block(SelfAttention attention, CrossAttention cross, FeedForward feedForward) {

    Block(String prefix, Blueprint blueprint) {
      this(
          new SelfAttention(prefix + ".layer.0", blueprint),
          new CrossAttention(prefix + ".layer.1", blueprint),
          new FeedForward(prefix + ".layer.2", blueprint));
    }
  }

  private final Blueprint blueprint;
  private final PositionBias positions;
  private final List<Block> blocks;
  private final NDArray finalNorm; // (D)

  /** Declares {@code decoder.*}. */
  Decoder(Blueprint blueprint) {
    this.blueprint = blueprint;
    positions = new PositionBias("decoder", false, blueprint);
    blocks =
        IntStream.range(0, blueprint.config().decoderDepth())
            .mapToObj(i -> new Block("decoder.block." + i, blueprint))
            .toList();
    finalNorm = blueprint.norm("decoder.final_layer_norm.weight");
  }

  /**
   * All positions at once.
   *
   * @param embeddings (B, U, D) of the target, shifted right
   * @param encoded what the encoder read
   * @return (B, U, D), normed, as the head reads it
   */
  NDArray forward(NDArray embeddings, TextStates encoded, FusionPass pass, Mode mode) {
    return forward(embeddings, causalBias(embeddings), encoded, pass, mode);
  }

  /**
   * The same where several texts lie one after the other in a row.
   *
   * @param texts int64 (B, U): the number of the text that a token belongs to
   */
  NDArray forwardPacked(
      NDArray embeddings, NDArray texts, TextStates encoded, FusionPass pass, Mode mode) {
    // Inside a text, tokens are as far apart as in the row: the biases are right as they are.
    NDArray bias = blueprint.script().packedBias(causalBias(embeddings), texts); // (B, H, U, U)
    return forward(embeddings, bias, encoded, pass, mode);
  }

  private NDArray forward(
      NDArray embeddings, NDArray bias, TextStates encoded, FusionPass pass, Mode mode) {
    double dropout = blueprint.dropout(mode);
    NDArray hidden = blueprint.ops().dropout(embeddings, dropout); // (B, U, D)
    NDArray mask = blueprint.ops().additiveMask(encoded.mask()); // (B, 1, 1, S)
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      hidden = pass.beforeDecoderBlock(i, hidden);
      hidden = block.attention().forward(hidden, bias, mode);
      hidden = block.cross().forward(hidden, encoded.hidden(), mask, mode);
      hidden = block.feedForward().forward(hidden, mode);
    }
    return pass.afterDecoder(blueprint.ops().dropout(normed(hidden), dropout));
  }

  private NDArray causalBias(NDArray hidden) {
    long length = hidden.getShape().get(1);
    NDArray bias = positions.among(hidden.getManager(), length, new Span(0, length));
    return blueprint.script().causalBias(bias);
  }

  /** With the final norm. */
  NDArray normed(NDArray hidden) {
    return blueprint.ops().rmsNorm(hidden, finalNorm, blueprint.config().normEpsilon());
  }

  /** The position bias (H, capacity) for the distances {@code -(capacity - 1)} to 0. */
  NDArray positions(NDManager manager, int capacity) {
    return positions.backwards(manager, capacity);
  }

  /** The weights of its blocks. */
  List<DecoderWeights.Block> weights() {
    return blocks.stream()
        .map(
            block ->
                new DecoderWeights.Block(
                    block.attention().weights(),
                    block.cross().weights(),
                    block.feedForward().weights()))
        .toList();
  }

  /** (D). */
  NDArray finalNorm() {
    return finalNorm;
  }
}
