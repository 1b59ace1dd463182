package dev.fusebox.fusion.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.tensor.Ops;

/**
 * Merges neighbouring vectors of a picture that are equal, so that a ResNet's 512 copies or a blank
 * picture cost one row.
 *
 * <p>For attention over the vectors this is exact: n equal keys together weigh {@code n · exp(s) =
 * exp(s + log n)}, and the values they weigh are equal. It is not exact where a vector's position
 * matters, as in a single stream with position biases, or where attention weights are dropped out.
 *
 * @since 0.1
 */
public final class PatchMerger {

  private final PatchScript script;

  /** A merger on the device of {@code ops}. */
  public PatchMerger(Ops ops) {
    script = new PatchScript(ops);
  }

  /**
   * Merges neighbours that are equal in value, mask, frame and place. Masked vectors are treated as
   * zeros. Vectors that need gradients, those of a trainable backbone, are not merged: each would
   * receive the full gradient of the merged one.
   */
  public DistinctPatches merge(VisionFeatures vision) {
    NDArray features = vision.features();
    NDArray whole = vision.frames().stack(vision.places(), 2); // (B, P, 2)
    NDArray runs = script.runs(features, vision.mask(), whole);
    long distinct = script.count(runs).getLong();
    NDList merged = script.merge(features, vision.mask(), whole, runs, distinct);
    VisionFeatures smaller =
        new VisionFeatures(merged.get(0), merged.get(1), merged.get(2), merged.get(3));
    return new DistinctPatches(script, smaller, runs);
  }
}
