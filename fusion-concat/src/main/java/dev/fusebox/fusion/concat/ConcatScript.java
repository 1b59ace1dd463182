package dev.fusebox.fusion.concat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.Optional;

/** The face of {@code concat.py}. */
final class ConcatScript {

  /**
   * What is added to a picture's tokens.
   *
   * @param norm (D): weights of a norm before all of it
   * @param segment (D)
   * @param frames (frames, D)
   * @param positions (positions, D)
   */
  record Embeddings(
      Optional<NDArray> norm,
      Optional<NDArray> segment,
      Optional<NDArray> frames,
      Optional<NDArray> positions) {}

  static final ScriptSource SOURCE = new ScriptSource(ConcatScript.class, "concat.py");

  private final TorchScript script;
  private final int compute;

  ConcatScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  ConcatScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /**
   * Features and mask, as they are or pooled to groups: (B, G, V) and (B, G).
   *
   * @param features (B, P, V)
   * @param mask (B, P)
   * @param groups G
   */
  NDList pool(NDArray features, NDArray mask, boolean pooled, int groups) {
    return script.callForList("pool", features, mask, pooled, groups);
  }

  /**
   * Tokens (B, G · each, D) and their mask.
   *
   * @param features (B, G, V)
   * @param mask (B, G)
   * @param projection (each · D, V)
   */
  NDList tokens(NDArray features, NDArray mask, Linear projection, int each) {
    return script.callForList(
        "tokens", features, mask, projection.weight(), projection.bias(), each, compute);
  }

  /**
   * Tokens (B, N, D) with what is added to them.
   *
   * @param frames int64 (B, N): the frame of each
   */
  NDArray embed(NDArray tokens, NDArray frames, Embeddings added) {
    return script.call(
        "embed", tokens, frames, added.norm(), added.segment(), added.frames(), added.positions());
  }
}
