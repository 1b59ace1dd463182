package dev.fusebox.fusion.bilinear;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.VisionFeatures;
import java.util.Optional;

/** What the text's positions meet of a picture. */
sealed interface SeenPicture permits AttendedPicture, PooledPicture {

  /** What is computed from the picture alone. */
  interface Memory {

    /** (B, T, D) to what each position meets: (B, T or 1, S). */
    NDArray seenBy(NDArray hidden);

    /** Where it comes from: weights (B, T, P), if positions differ in that. */
    Optional<NDArray> weights(NDArray hidden);
  }

  /** S. */
  long width();

  /** Computes what does not depend on the text. */
  Memory remember(VisionFeatures vision);
}
