package dev.fusebox.results.similarity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.util.List;
import java.util.stream.IntStream;

/**
 * BERT's encoder (Devlin et al. 2019) for reading only: no dropout, one text at a time, nothing
 * masked but padding. Parameters have Hugging Face's names.
 *
 * <p>Letters: B batch, T text length, D width.
 */
final class Bert {

  private final Ops ops;
  private final BertScript script;
  private final double epsilon;
  private final NDArray words; // (V, D)
  private final NDArray positions; // (P, D)
  private final NDArray types; // (2, D)
  private final Normalization norm;
  private final List<BertLayer> layers;

  /** Declares {@code embeddings.*} and {@code encoder.layer.*}. */
  Bert(BertConfig config, Parameters parameters, Ops ops, BertScript script) {
    this.ops = ops;
    this.script = script;
    epsilon = config.normEpsilon();
    words = embedding(parameters, "word", config.vocabulary(), config.width());
    positions = embedding(parameters, "position", config.positions(), config.width());
    types = embedding(parameters, "token_type", config.tokenTypes(), config.width());
    norm = Normalization.declare(parameters, "embeddings.LayerNorm", config.width());
    layers =
        IntStream.range(0, config.depth())
            .mapToObj(i -> BertLayer.declare(config, parameters, "encoder.layer." + i))
            .toList();
  }

  private static NDArray embedding(Parameters parameters, String what, int rows, int width) {
    return parameters.declare(
        "embeddings." + what + "_embeddings.weight", new Shape(rows, width), Initializer.zeros());
  }

  /**
   * Reads.
   *
   * @param ids int64 (B, T)
   * @param mask (B, T), 1 = counts
   * @return (B, T, D)
   */
  NDArray forward(NDArray ids, NDArray mask) {
    NDArray x = embed(ids); // (B, T, D)
    for (BertLayer layer : layers) {
      x = layer.forward(x, mask, ops, script);
    }
    return x;
  }

  private NDArray embed(NDArray ids) {
    NDManager manager = ids.getManager();
    int length = Math.toIntExact(ids.getShape().get(1));
    NDArray places = manager.arange(0, length, 1, DataType.INT64); // (T)
    NDArray first = manager.zeros(new Shape(1), DataType.INT64); // (1)
    NDArray where = ops.embedding(places, positions).add(ops.embedding(first, types)); // (T, D)
    return script.addNorm(ops.embedding(ids, words), where, norm, epsilon);
  }
}
