package dev.fusebox.fusion.coattention;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.fusion.block.PostNormAttention;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.Optional;

/** The face of {@code coattention.py}. */
final class CoattentionScript {

  /**
   * The weights of a layer.
   *
   * @param textLooks the text at the picture
   * @param pictureLooks the picture at the text
   * @param picture absent where nobody reads what the picture's stream would make
   */
  record LayerWeights(
      PostNormAttention textLooks,
      PostNormAttention pictureLooks,
      StreamWeights text,
      Optional<StreamWeights> picture) {}

  static final ScriptSource SOURCE = new ScriptSource(CoattentionScript.class, "coattention.py");

  private final TorchScript script;
  private final int compute;

  CoattentionScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  CoattentionScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /**
   * The picture's stream (B, P, D) at its start.
   *
   * @param features (B, P, V)
   * @param projection (D, V)
   */
  NDArray picture(
      NDArray features, Linear projection, Optional<Normalization> norm, double dropout) {
    return script.call(
        "picture",
        features,
        projection.weight(),
        projection.bias(),
        norm.map(Normalization::weight),
        norm.map(Normalization::bias),
        dropout,
        compute);
  }

  /**
   * A layer over both streams: (B, N, D) to the same, or to (B, T, D) where nobody reads the
   * picture's.
   *
   * @param streams text, then picture
   * @param textMask (B, T)
   * @param pictureMask (B, P)
   */
  NDArray layer(
      NDArray streams,
      NDArray textMask,
      NDArray pictureMask,
      LayerWeights weights,
      int heads,
      double dropout) {
    return script.segment(
        "layer",
        streams,
        textMask,
        pictureMask,
        weights.textLooks(),
        weights.pictureLooks(),
        weights.text(),
        weights.picture(),
        heads,
        dropout,
        compute);
  }

  /** With what weights (B, T, P), heads averaged, the text looks at the picture in a layer. */
  NDArray weights(
      NDArray streams, NDArray textMask, NDArray pictureMask, PostNormAttention looks, int heads) {
    return script.call("weights", streams, textMask, pictureMask, looks, heads, compute);
  }

  /** {@code H + tanh(α) (L - H)}, or H where a row of the mask (B, P) is zero. */
  NDArray mix(NDArray hidden, NDArray made, NDArray mask, NDArray alpha) {
    return script.call("mix", hidden, made, mask, alpha);
  }
}
