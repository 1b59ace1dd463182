package dev.fusebox.fusion.alignment;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.Optional;

/** The face of {@code alignment.py}. */
final class AlignmentScript {

  static final ScriptSource SOURCE = new ScriptSource(AlignmentScript.class, "alignment.py");

  private final TorchScript script;
  private final int compute;

  AlignmentScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  AlignmentScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /**
   * A place (B, W), of length 1, for the mean of what counts.
   *
   * @param states (B, any, D or V)
   * @param mask (B, any)
   */
  NDArray place(NDArray states, NDArray mask, Linear projection) {
    return script.call("place", states, mask, projection.weight(), projection.bias(), compute);
  }

  /** 1 for each question with a picture in which there is something, else 0: (B). */
  NDArray counts(NDArray features, NDArray mask) {
    return script.call("counts", features, mask);
  }

  /**
   * The contrast, a scalar.
   *
   * @param texts (B, W)
   * @param pictures (B, W)
   * @param counts (B)
   * @param logScale (1): the logarithm of what similarities are multiplied by
   * @param scale the same number where that is not learnt
   */
  NDArray contrast(
      NDArray texts, NDArray pictures, NDArray counts, Optional<NDArray> logScale, double scale) {
    return script.call("contrast", texts, pictures, counts, logScale, scale);
  }

  /**
   * The matching, a scalar.
   *
   * @param inner (W, 3W)
   * @param outer (2, W)
   */
  NDArray matching(NDArray texts, NDArray pictures, NDArray counts, Linear inner, Linear outer) {
    return script.call(
        "matching",
        texts,
        pictures,
        counts,
        inner.weight(),
        inner.bias(),
        outer.weight(),
        outer.bias(),
        compute);
  }
}
