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
 */
public record VisionFeatures(NDArray features, NDArray mask, NDArray frames) {

  /** Features of at most one picture per question. */
  public static VisionFeatures ofOnePicture(NDArray features, NDArray mask) {
    return new VisionFeatures(
        features, mask, mask.getManager().zeros(mask.getShape(), DataType.INT64));
  }

  /** P. */
  public long patches() {
    return features.getShape().get(1);
  }
}
