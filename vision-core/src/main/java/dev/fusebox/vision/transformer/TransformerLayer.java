package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;

/**
 * A layer: self-attention and feed-forward, each behind its norm and added to what came in.
 *
 * @param before norm of the attention
 * @param after norm of the feed-forward
 * @param up (D) to (F)
 * @param down (F) to (D)
 */
record TransformerLayer(
    Normalization before, Projections projections, Normalization after, Linear up, Linear down) {

  /** (B, N, D) to (B, N, D). */
  NDArray forward(NDArray x, TransformerShape shape, VisionScript script) {
    NDArray attended = projections.attend(x, before, shape, script);
    return script.feedForward(attended, after, up, down, shape.activation(), shape.epsilon());
  }
}
