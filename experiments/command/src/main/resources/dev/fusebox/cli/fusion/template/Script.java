package dev.fusebox.fusion.@name@;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;

/** The face of {@code @name@.py}: a method for each function that is called from here. */
final class @Name@Script {

  static final ScriptSource SOURCE = new ScriptSource(@Name@Script.class, "@name@.py");

  private final TorchScript script;

  @Name@Script(Ops ops) {
    this(ops.script(SOURCE));
  }

  @Name@Script(TorchScript script) {
    this.script = script;
  }

  /** The mean of features (B, P, V) that a mask (B, P) counts: (B, 1, V). */
  NDArray visibleMean(NDArray features, NDArray mask) {
    return script.call("visible_mean", features, mask);
  }

  /**
   * {@code hidden + tanh(gate) · picture}, where there is a picture.
   *
   * @param hidden (B, T, D)
   * @param picture (B, 1, D)
   * @param mask (B, P)
   * @param gate (1)
   */
  NDArray add(NDArray hidden, NDArray picture, NDArray mask, NDArray gate) {
    return script.call("add", hidden, picture, mask, gate);
  }
}
