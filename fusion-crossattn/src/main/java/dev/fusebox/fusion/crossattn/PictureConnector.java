package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.VisionFeatures;

/** What lies between the picture's vectors and the text. */
sealed interface PictureConnector permits Resampler, TwoLayers, Direct {

  /** W: the width of the vectors it makes. */
  int width();

  /** The vectors (B, S, W) that the text attends to, each with its picture and place. */
  VisionFeatures connect(VisionFeatures vision);

  /**
   * Attention (B, T, S) to what {@link #connect} made, as attention (B, T, P) to the picture's own
   * vectors.
   */
  default NDArray traced(NDArray weights, VisionFeatures vision) {
    return weights;
  }
}
