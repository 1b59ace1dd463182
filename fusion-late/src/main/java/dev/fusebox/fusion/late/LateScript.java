package dev.fusebox.fusion.late;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;

/** The face of {@code late.py}. */
final class LateScript {

  static final ScriptSource SOURCE = new ScriptSource(LateScript.class, "late.py");

  private final TorchScript script;
  private final int compute;

  LateScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  LateScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /**
   * A layer: (B, any, D) to the same.
   *
   * @param memory (B, S, D or V): what is attended to
   * @param mask (B, S)
   */
  NDArray layer(
      NDArray x, NDArray memory, NDArray mask, ReaderLayer weights, int heads, double dropout) {
    return script.segment("layer", x, memory, mask, weights, heads, dropout, compute);
  }

  /** The weights (B, any, S) with which a layer attends, heads averaged. */
  NDArray weights(NDArray x, NDArray memory, NDArray mask, ReaderLayer weights, int heads) {
    return script.call("weights", x, memory, mask, weights, heads, compute);
  }

  /** Half, for each question whose mask (B, P) shows a picture, else 0: (B, 1, 1). */
  NDArray half(NDArray mask) {
    return script.call("half", mask);
  }

  /** {@code σ(number)}, the same for each question with a picture, else 0: (B, 1, 1). */
  NDArray learntShare(NDArray mask, NDArray number) {
    return script.call("learnt_share", mask, number);
  }

  /**
   * {@code σ(w · mean(question) + b)} for each question with a picture, else 0: (B, 1, 1).
   *
   * @param hidden (B, T, D)
   * @param textMask (B, T)
   * @param mask (B, P)
   * @param gate (1, D)
   */
  NDArray gatedShare(NDArray hidden, NDArray textMask, NDArray mask, Linear gate) {
    return script.call("gated_share", hidden, textMask, mask, gate.weight(), gate.bias());
  }

  /**
   * {@code (1 - λ) h + λ r}.
   *
   * @param hidden (B, U, D)
   * @param read (B, U, D)
   * @param share λ (B, 1, 1)
   */
  NDArray mix(NDArray hidden, NDArray read, NDArray share) {
    return script.call("mix", hidden, read, share);
  }
}
