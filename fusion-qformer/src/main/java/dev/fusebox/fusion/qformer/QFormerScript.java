package dev.fusebox.fusion.qformer;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.fusion.block.PostNormAttention;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.Optional;

/**
 * The face of {@code qformer.py}.
 *
 * <p>N is Q + T where the queries read the question, else Q.
 */
final class QFormerScript {

  /**
   * The weights of a layer.
   *
   * @param crossAttention to the picture, in every n-th layer
   * @param textDense the question's own feed-forward; absent where nobody reads what it would make
   */
  record LayerWeights(
      PostNormAttention attention,
      Optional<PostNormAttention> crossAttention,
      PostNormFeedForward dense,
      Optional<PostNormFeedForward> textDense) {}

  static final ScriptSource SOURCE = new ScriptSource(QFormerScript.class, "qformer.py");

  private final TorchScript script;
  private final int compute;

  QFormerScript(Ops ops) {
    this(ops.precision(), ops.script(SOURCE));
  }

  QFormerScript(Precision precision, TorchScript script) {
    this.script = script;
    compute = precision.code();
  }

  /** The text model's embeddings (B, T, D) as words (B, T, W). */
  NDArray words(NDArray embeddings, Linear projection) {
    return script.call("words", embeddings, projection.weight(), projection.bias(), compute);
  }

  /**
   * What the first layer reads: (B, N, W).
   *
   * @param features (B, P, V), for B
   * @param queryTokens (1, Q, W)
   * @param words (B, T, W)
   * @param positions (any, W)
   */
  NDArray embed(
      NDArray features,
      NDArray queryTokens,
      Normalization norm,
      Optional<NDArray> words,
      Optional<NDArray> positions,
      double dropout) {
    return script.call(
        "embed", features, queryTokens, norm.weight(), norm.bias(), words, positions, dropout);
  }

  /**
   * Which of the N are seen: (B, N).
   *
   * @param mask (B, P), for B
   * @param questionMask (B, T)
   */
  NDArray visible(NDArray mask, Optional<NDArray> questionMask, int queries) {
    return script.call("visible", mask, questionMask, queries);
  }

  /**
   * A layer: (B, N, W) to the same, or to (B, Q, W) where the text has no feed-forward.
   *
   * @param visible (B, N)
   * @param features (B, P, V)
   * @param mask (B, P)
   * @param queries Q
   */
  NDArray layer(
      NDArray x,
      NDArray visible,
      NDArray features,
      NDArray mask,
      int queries,
      LayerWeights weights,
      int heads,
      double dropout) {
    return script.segment(
        "layer",
        x,
        visible,
        features,
        mask,
        queries,
        weights.attention(),
        weights.crossAttention(),
        weights.dense(),
        weights.textDense(),
        heads,
        dropout,
        compute);
  }
}
