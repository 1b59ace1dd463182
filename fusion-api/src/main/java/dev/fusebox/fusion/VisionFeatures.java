package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * What is seen: one sequence of vectors per question. Any modality that is one fits.
 *
 * @param features (B, P, V)
 * @param mask (B, P), 1 = counts; a row of zeros = no picture
 * @param frames int64 (B, P): which picture, or which frame of a film, a vector belongs to; counts
 *     from 0
 * @param places int64 (B, P): how many tokens of the text stand before that picture; the token at
 *     this position comes after it
 * @since 0.1
 */
public record VisionFeatures(NDArray features, NDArray mask, NDArray frames, NDArray places) {

  /** Pictures that stand before the text. */
  public VisionFeatures(NDArray features, NDArray mask, NDArray frames) {
    this(features, mask, frames, zeros(mask));
  }

  /** Features of at most one picture per question. */
  public static VisionFeatures ofOnePicture(NDArray features, NDArray mask) {
    return new VisionFeatures(features, mask, zeros(mask));
  }

  private static NDArray zeros(NDArray mask) {
    return mask.getManager().zeros(mask.getShape(), DataType.INT64);
  }

  /** The same pictures with other values. */
  public VisionFeatures withFeatures(NDArray other) {
    return new VisionFeatures(other, mask, frames, places);
  }

  /** P. */
  public long patches() {
    return features.getShape().get(1);
  }
}
