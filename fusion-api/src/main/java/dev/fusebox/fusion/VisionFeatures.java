package dev.fusebox.fusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * A picture as a sequence of vectors per question. Any modality of that form fits.
 *
 * @param features (B, P, V)
 * @param mask (B, P), 1 = visible, 0 = padding; a row of zeros = no picture
 * @param frames int64 (B, P): the picture, or the video frame, that a vector belongs to, from 0
 * @param places int64 (B, P): the number of text tokens before that picture
 * @since 0.1
 */
public record VisionFeatures(NDArray features, NDArray mask, NDArray frames, NDArray places) {

  /** Pictures that come before the text. */
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

  /** The same pictures with other vectors. */
  public VisionFeatures withFeatures(NDArray other) {
    return new VisionFeatures(other, mask, frames, places);
  }

  /** P, the number of vectors. */
  public long patches() {
    return features.getShape().get(1);
  }
}
