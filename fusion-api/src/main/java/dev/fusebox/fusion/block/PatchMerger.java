package dev.fusebox.fusion.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.TorchScript;

/**
 * Merges neighbouring vectors of a picture that are equal, so that a ResNet's 512 copies or a blank
 * picture cost one row.
 *
 * <p>For attention over the vectors this is exact: n equal keys together weigh {@code n · exp(s) =
 * exp(s + log n)}, and the values they weigh are equal. It is not exact where a vector's position
 * matters, as in a single stream with position biases, or where attention weights are dropped out.
 */
public final class PatchMerger {

  private final TorchScript script;

  /** A merger on the device of {@code ops}. */
  public PatchMerger(Ops ops) {
    script = ops.script(PatchMerger.class, "patches.py");
  }

  /**
   * Merges neighbours that are equal in value, mask, frame and place. Hidden vectors count as zeros
   * whatever they hold. Features are data: no gradient flows to them.
   */
  public DistinctPatches merge(VisionFeatures vision) {
    NDArray features = vision.features();
    NDArray whole = vision.frames().stack(vision.places(), 2); // (B, P, 2)
    NDArray runs = script.call("runs", features, features, vision.mask(), whole);
    long distinct = script.call("count", runs, runs).getLong();
    NDList merged =
        script.callForList("merge", features, features, vision.mask(), whole, runs, distinct);
    VisionFeatures smaller =
        new VisionFeatures(merged.get(0), merged.get(1), merged.get(2), merged.get(3));
    return new DistinctPatches(script, smaller, runs);
  }
}
