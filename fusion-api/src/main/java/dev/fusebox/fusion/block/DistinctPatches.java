package dev.fusebox.fusion.block;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.tensor.TorchScript;

/** Pictures whose runs of equal vectors are one vector each, that counts several times. */
public final class DistinctPatches {

  private final TorchScript script;
  private final VisionFeatures vision;
  private final NDArray runs; // int64 (B, P): which of the R vectors each of the P became

  DistinctPatches(TorchScript script, VisionFeatures vision, NDArray runs) {
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
    return script.call("spread", weights, weights, vision.mask(), runs);
  }
}
