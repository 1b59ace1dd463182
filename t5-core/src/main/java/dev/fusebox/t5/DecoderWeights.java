package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What writing needs of a model: the parts that the decoder is made of, from its first layer to the
 * scores.
 *
 * @param embedding (vocabulary, D)
 * @param blocks in the order in which they act
 * @param finalNorm (D), before the head
 * @param head (vocabulary, D)
 * @param headFactor on the scores: 1/√D for a head that is the embedding, else 1
 */
public record DecoderWeights(
    NDArray embedding, List<Block> blocks, NDArray finalNorm, Matrix head, double headFactor) {

  /** One block. */
  public record Block(
      AttentionWeights self, AttentionWeights cross, FeedForwardWeights feedForward) {}
}
