package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;

/** The linear maps of an attention sub-layer, as a checkpoint lays them out. */
sealed interface Projections {

  /** The sub-layer with its norm and residual: (B, N, D) to (B, N, D). */
  NDArray attend(NDArray x, Normalization norm, TransformerShape shape, VisionScript script);

  /**
   * One matrix each, (D, D), as in Hugging Face's models.
   *
   * @param output of what attention found
   */
  record Separate(Linear query, Linear key, Linear value, Linear output) implements Projections {

    @Override
    public NDArray attend(
        NDArray x, Normalization norm, TransformerShape shape, VisionScript script) {
      return script.separateAttention(x, norm, this, shape.heads(), shape.epsilon());
    }
  }

  /**
   * Query, key and value on top of each other, as in timm's models.
   *
   * @param together (3 · D, D)
   * @param output of what attention found
   */
  record Joint(Linear together, Linear output) implements Projections {

    @Override
    public NDArray attend(
        NDArray x, Normalization norm, TransformerShape shape, VisionScript script) {
      return script.jointAttention(x, norm, this, shape.heads(), shape.epsilon());
    }
  }
}
