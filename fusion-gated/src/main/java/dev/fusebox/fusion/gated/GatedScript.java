package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.Optional;

/** The face of {@code gated.py}. */
final class GatedScript {

  static final ScriptSource SOURCE = new ScriptSource(GatedScript.class, "gated.py");

  private final TorchScript script;
  private final int compute;

  GatedScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  GatedScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /**
   * Keys and values (B, R, 2D) of a picture.
   *
   * @param features (B, R, V)
   * @param image (D, V)
   * @param in (3D, D): query, key, value
   */
  NDArray remember(NDArray features, Linear image, Linear in) {
    return script.call(
        "remember", features, image.weight(), image.bias(), in.weight(), in.bias(), compute);
  }

  /**
   * What the text sees: (B, T, D).
   *
   * @param hidden (B, T, D)
   * @param memory (B, R, 2D)
   * @param mask (B, R)
   * @param in (3D, D)
   * @param out (D, D)
   */
  NDArray look(NDArray hidden, NDArray memory, NDArray mask, Linear in, Linear out, int heads) {
    return script.call(
        "look",
        hidden,
        memory,
        mask,
        in.weight(),
        in.bias(),
        out.weight(),
        out.bias(),
        heads,
        compute);
  }

  /** The weights (B, T, R) of {@link #look}, heads averaged. */
  NDArray weights(NDArray hidden, NDArray memory, NDArray mask, Linear in, int heads) {
    return script.call("weights", hidden, memory, mask, in.weight(), in.bias(), heads, compute);
  }

  /** What the text sees without projections: (B, T, D) and a memory (B, R, D) to (B, T, D). */
  NDArray lookPlain(NDArray hidden, NDArray memory, NDArray mask, int heads) {
    return script.call("look_plain", hidden, memory, mask, heads, compute);
  }

  /** The weights (B, T, R) of {@link #lookPlain}, heads averaged. */
  NDArray weightsPlain(NDArray hidden, NDArray memory, NDArray mask, int heads) {
    return script.call("weights_plain", hidden, memory, mask, heads);
  }

  /**
   * The gate λ: (B, T, D).
   *
   * @param weight (D, 2D)
   * @param bias (D)
   */
  NDArray sigmoidShare(NDArray hidden, NDArray seen, NDArray weight, Optional<NDArray> bias) {
    return script.call("sigmoid_share", hidden, seen, weight, bias, compute);
  }

  /** {@code (1 - λ) H + λ A}, or H where a row of the mask (B, R) is zero. */
  NDArray mixBySigmoid(
      NDArray hidden, NDArray seen, NDArray mask, NDArray weight, Optional<NDArray> bias) {
    return script.call("mix_by_sigmoid", hidden, seen, mask, weight, bias, compute);
  }

  /** {@code H + tanh(α) A}, or H where a row of the mask (B, R) is zero. */
  NDArray mixByTanh(NDArray hidden, NDArray seen, NDArray mask, NDArray alpha) {
    return script.call("mix_by_tanh", hidden, seen, mask, alpha);
  }

  /** Features (B, P, V), zeros where the mask (B, P) hides them. */
  NDArray zerosWhereHidden(NDArray features, NDArray mask) {
    return script.call("zeros_where_hidden", features, mask);
  }

  /** A mask (B, P) whose rows count whole where they hid everything. */
  NDArray allWhereNone(NDArray mask) {
    return script.call("all_where_none", mask);
  }

  /**
   * The mean of a gate over the positions that count: a scalar.
   *
   * @param mask (B, T)
   * @param share broadcasts to (B, T, D)
   */
  NDArray meanShare(NDArray mask, NDArray share) {
    return script.call("mean_share", mask, share);
  }
}
