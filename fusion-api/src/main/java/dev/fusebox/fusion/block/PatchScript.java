package dev.fusebox.fusion.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;

/** The face of {@code patches.py}: runs of equal vectors. */
final class PatchScript {

  static final ScriptSource SOURCE = new ScriptSource(PatchScript.class, "patches.py");

  private final TorchScript script;

  PatchScript(Ops ops) {
    this(ops.script(SOURCE));
  }

  PatchScript(TorchScript script) {
    this.script = script;
  }

  /**
   * The number of the run that each vector belongs to: int64 (B, P).
   *
   * @param features (B, P, V)
   * @param mask (B, P)
   * @param whole int64 (B, P, 2): frame and place
   */
  NDArray runs(NDArray features, NDArray mask, NDArray whole) {
    return script.call("runs", features, mask, whole);
  }

  /** R: how many runs the picture with the most of them has. */
  NDArray count(NDArray runs) {
    return script.call("count", runs);
  }

  /** Features (B, R, V), how often each counts (B, R), frames (B, R), places (B, R). */
  NDList merge(NDArray features, NDArray mask, NDArray whole, NDArray runs, long distinct) {
    return script.callForList("merge", features, mask, whole, runs, distinct);
  }

  /** (B, T, R) to (B, T, P): a run's weight in equal shares. */
  NDArray spread(NDArray weights, NDArray counts, NDArray runs) {
    return script.call("spread", weights, counts, runs);
  }
}
