package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * A fusion's forward pass over one batch: its hooks, in the order in which they are called. Each is
 * the identity unless overridden, so a pass that overrides nothing is the text-only model.
 *
 * <p>Blocks count from 0. Only {@link #atEmbeddings} may change the length of a sequence.
 *
 * @since 0.1
 */
public interface FusionPass {

  /** Does nothing anywhere. */
  FusionPass IDENTITY = new FusionPass() {};

  /**
   * Before the first encoder block; {@code text} is the embeddings. May lengthen the sequence and
   * its mask.
   */
  default TextStates atEmbeddings(TextStates text) {
    return text;
  }

  /** Before encoder block {@code block}. */
  default TextStates beforeEncoderBlock(int block, TextStates text) {
    return text;
  }

  /** Between self-attention and feed-forward of encoder block {@code block}. */
  default TextStates afterSelfAttention(int block, TextStates text) {
    return text;
  }

  /** After the encoder's final norm and dropout. */
  default TextStates afterEncoder(TextStates text) {
    return text;
  }

  /**
   * Before decoder block {@code block}.
   *
   * @param hidden (B, U, D); U is the length of the target, or 1 during generation
   */
  default NDArray beforeDecoderBlock(int block, NDArray hidden) {
    return hidden;
  }

  /**
   * After the decoder's final norm and dropout, before the LM head. The head is linear, so mixing
   * states here mixes logits.
   *
   * @param hidden (B, U, D); U as above
   */
  default NDArray afterDecoder(NDArray hidden) {
    return hidden;
  }

  /** On the logits (B, U, vocabulary). */
  default NDArray atLogits(NDArray logits) {
    return logits;
  }

  /** Scalars that training adds to the loss, by the name under which they are logged. */
  default Map<String, NDArray> auxiliaryLosses() {
    return Map.of();
  }

  /**
   * Gates and attention of this pass, for the report: of the last call of each hook, while the step
   * of that call is open.
   */
  default Diagnostics diagnostics() {
    return Diagnostics.NONE;
  }

  /**
   * This pass for other rows of the batch: generation drops finished sentences and expands an input
   * into several beams.
   *
   * @param rows int64 (R): for each new row, the index of the old one
   */
  default FusionPass select(NDArray rows) {
    return this;
  }
}
