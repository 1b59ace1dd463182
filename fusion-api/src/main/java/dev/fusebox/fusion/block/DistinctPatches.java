package dev.fusebox.fusion.block;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.VisionFeatures;

/**
 * Pictures in which each run of equal vectors is merged into one vector with a count.
 *
 * @since 0.1
 */
public final class DistinctPatches {

  private final PatchScript script;
  private final VisionFeatures vision;
  private final NDArray runs; // int64 (B, P): which of the R vectors each of the P became

  DistinctPatches(PatchScript script, VisionFeatures vision, NDArray runs) {
    this.script = script;
    this.vision = vision;
    this.runs = runs;
  }

  /** Features (B, R, V), frames (B, R), and a mask (B, R) of how often each vector counts. */
  public VisionFeatures vision() {
    return vision;
  }

  /** Attention weights (B, T, R) over the distinct vectors as weights (B, T, P) over all. */
  public NDArray spread(NDArray weights) {
    return script.spread(weights, vision.mask(), runs);
  }
}
