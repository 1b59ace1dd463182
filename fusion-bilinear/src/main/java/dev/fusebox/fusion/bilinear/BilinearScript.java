package dev.fusebox.fusion.bilinear;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;

/** The face of {@code bilinear.py}. */
final class BilinearScript {

  static final ScriptSource SOURCE = new ScriptSource(BilinearScript.class, "bilinear.py");

  private final TorchScript script;
  private final int compute;

  BilinearScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  BilinearScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /** The mean (B, 1, V) of what the mask (B, P) shows of the features (B, P, V); else zeros. */
  NDArray mean(NDArray features, NDArray mask) {
    return script.call("mean", features, mask);
  }

  /**
   * What each position of the text sees: (B, T, D).
   *
   * @param hidden (B, T, D)
   * @param keys (B, P, D)
   * @param values (B, P, D)
   * @param mask (B, P)
   */
  NDArray look(
      NDArray hidden, NDArray keys, NDArray values, NDArray mask, Linear query, int heads) {
    return script.call(
        "look", hidden, keys, values, mask, query.weight(), query.bias(), heads, compute);
  }

  /** The weights (B, T, P) of that look, heads averaged. */
  NDArray weights(NDArray hidden, NDArray keys, NDArray mask, Linear query, int heads) {
    return script.call("weights", hidden, keys, mask, query.weight(), query.bias(), heads, compute);
  }

  /**
   * The text's states with the products: (B, T, D); as they were where a row of the mask (B, P) is
   * zero.
   *
   * @param hidden (B, T, D)
   * @param seen (B, T or 1, S)
   * @param factors K
   * @param bent whether tanh comes right before the products
   */
  NDArray fuse(
      NDArray hidden,
      NDArray seen,
      NDArray mask,
      ProductWeights weights,
      int factors,
      boolean bent,
      boolean signedRoot,
      double dropout) {
    return script.segment(
        "fuse", hidden, seen, mask, weights, factors, bent, signedRoot, dropout, compute);
  }
}
