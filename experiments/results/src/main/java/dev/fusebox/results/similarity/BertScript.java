package dev.fusebox.results.similarity;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;

/** The face of {@code bert.py}. */
final class BertScript {

  static final ScriptSource SOURCE = new ScriptSource(BertScript.class, "bert.py");

  private final TorchScript script;

  BertScript(Ops ops) {
    this(ops.script(SOURCE));
  }

  BertScript(TorchScript script) {
    this.script = script;
  }

  /** {@code norm(x + y)}: (B, T, D) to (B, T, D). */
  NDArray addNorm(NDArray x, NDArray y, Normalization norm, double epsilon) {
    return script.call("add_norm", x, y, norm.weight(), norm.bias(), epsilon);
  }

  /** The mean of states (B, T, D) that a mask (B, T) counts: (B, D). */
  NDArray maskedMean(NDArray states, NDArray mask) {
    return script.call("masked_mean", states, mask);
  }

  /** Rows (B, D) at length 1. */
  NDArray unit(NDArray x) {
    return script.call("unit", x);
  }
}
