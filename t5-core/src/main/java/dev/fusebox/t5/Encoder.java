package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import java.util.List;
import java.util.stream.IntStream;

/** The encoder: blocks of self-attention and feed-forward, with a fusion's hooks between them. */
final class Encoder {

  private record Block(SelfAttention attention, FeedForward feedForward) {

    Block(String prefix, Blueprint blueprint) {
      this(
          new SelfAttention(prefix + ".layer.0", blueprint),
          new FeedForward(prefix + ".layer.1", blueprint));
    }
  }

  private final Blueprint blueprint;
  private final PositionBias positions;
  private final List<Block> blocks;
  private final NDArray finalNorm; // (D)

  /** Declares {@code encoder.*}. */
  Encoder(Blueprint blueprint) {
    this.blueprint = blueprint;
    positions = new PositionBias("encoder", true, blueprint);
    blocks =
        IntStream.range(0, blueprint.config().encoderDepth())
            .mapToObj(i -> new Block("encoder.block." + i, blueprint))
            .toList();
    finalNorm = blueprint.norm("encoder.final_layer_norm.weight");
  }

  /**
   * Reads.
   *
   * @param embeddings (B, T, D) and their mask
   * @return (B, S, D); S is T unless the fusion lengthened the sequence
   */
  TextStates forward(TextStates embeddings, FusionPass pass, Mode mode) {
    double dropout = blueprint.dropout(mode);
    TextStates text = pass.atEmbeddings(embeddings);
    text = text.withHidden(blueprint.ops().dropout(text.hidden(), dropout)); // (B, S, D)
    NDArray bias = bias(text); // (B, H, S, S)
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      text = pass.beforeEncoderBlock(i, text);
      text = text.withHidden(block.attention().forward(text.hidden(), bias, mode));
      text = pass.afterSelfAttention(i, text);
      text = text.withHidden(block.feedForward().forward(text.hidden(), mode));
    }
    NDArray normed =
        blueprint.ops().rmsNorm(text.hidden(), finalNorm, blueprint.config().normEpsilon());
    return pass.afterEncoder(text.withHidden(blueprint.ops().dropout(normed, dropout)));
  }

  private NDArray bias(TextStates text) {
    long length = text.hidden().getShape().get(1);
    NDArray positionBias =
        positions.among(text.hidden().getManager(), length, text.related()); // (1, H, S, S)
    return blueprint.script().maskedBias(positionBias, text.mask());
  }
}
