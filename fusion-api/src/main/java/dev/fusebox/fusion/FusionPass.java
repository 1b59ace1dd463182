package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * The places where a fusion may act, in the order in which they are reached. Each is the identity
 * unless overridden, so that text-only is the fusion that overrides nothing.
 *
 * <p>Blocks count from 0. Only {@link #atEmbeddings} may change the length of a sequence.
 *
 * @since 0.1
 */
public interface FusionPass {

  /** Does nothing anywhere. */
  FusionPass IDENTITY = new FusionPass() {};

  /**
   * Before the first encoder block; {@code text} holds the embeddings. May lengthen the sequence
   * and its mask.
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
   * @param hidden (B, U, D); U is the length of the target, or 1 when decoding step by step
   */
  default NDArray beforeDecoderBlock(int block, NDArray hidden) {
    return hidden;
  }

  /**
   * After the decoder's final norm and dropout, before the head. The head is linear: mixing states
   * here is mixing scores.
   *
   * @param hidden (B, U, D); U as above
   */
  default NDArray afterDecoder(NDArray hidden) {
    return hidden;
  }

  /** On the scores (B, U, vocabulary). */
  default NDArray atLogits(NDArray logits) {
    return logits;
  }

  /** Scalars that training adds to the loss, each under the name that its curve has. */
  default Map<String, NDArray> auxiliaryLosses() {
    return Map.of();
  }

  /**
   * What there is to see of this pass so far, for the report: of each hook its last call, as long
   * as the step of that call is open.
   */
  default Diagnostics diagnostics() {
    return Diagnostics.NONE;
  }

  /**
   * This pass for other rows of the batch: decoding drops finished sentences and gives an input
   * several beams.
   *
   * @param rows int64 (R): for each new row the old one
   */
  default FusionPass select(NDArray rows) {
    return this;
  }
}
