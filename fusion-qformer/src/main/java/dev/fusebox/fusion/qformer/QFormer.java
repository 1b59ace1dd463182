package dev.fusebox.fusion.qformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.fusion.block.PostNormAttention;
import dev.fusebox.fusion.qformer.QFormerScript.LayerWeights;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * BERT's layers over learnt queries, with Hugging Face's names:
 *
 * <pre>
 * x = norm(queries), or norm([queries; words + places])
 * x = norm(x + attention(query = key = value = x))
 * q = norm(q + attention(query = q, key = value = picture))    the queries' part of x, in layers 0, n, 2n, …
 * x = norm(x + down(gelu(up(x))))                              queries and words each with their own weights
 * </pre>
 *
 * Queries that see no picture get zeros from it. Layers begin as torch's, which at BERT's width of
 * 768 is BERT's own deviation of 0.02; queries and places begin with that, so that no two are
 * alike.
 */
final class QFormer {

  /** Of what begins as BERT does. */
  static final double DEVIATION = 0.02;

  private final QFormerFusionConfig config;
  private final QFormerScript script;
  private final double dropout;
  private final int width;
  private final NDArray queryTokens; // (1, Q, W)
  private final Optional<NDArray> positions; // (any, W)
  private final Normalization norm; // (W)
  private final List<LayerWeights> layers;

  /** Declares {@code query_tokens} and {@code qformer.*}. */
  QFormer(QFormerFusionConfig config, FusionContext context, QFormerScript script) {
    this.config = config;
    this.script = script;
    dropout = context.dropout();
    width = config.width() == 0 ? context.width() : config.width();
    Parameters parameters = context.parameters();
    queryTokens = table("query_tokens", new Shape(1, config.queries(), width), parameters);
    positions = positions(parameters);
    // InstructBLIP's name where there are embeddings of a question
    String embeddings = config.readsQuestion() ? "qformer.embeddings" : "qformer";
    norm = Normalization.declare(parameters, embeddings + ".layernorm", width);
    layers = IntStream.range(0, config.layers()).mapToObj(i -> layer(i, context)).toList();
  }

  private Optional<NDArray> positions(Parameters parameters) {
    Shape shape = new Shape(config.questionPositions(), width);
    return config.readsQuestion()
        ? Optional.of(table("qformer.embeddings.position_embeddings.weight", shape, parameters))
        : Optional.empty();
  }

  private static NDArray table(String name, Shape shape, Parameters parameters) {
    return parameters.declare(name, shape, Initializer.normal(DEVIATION));
  }

  private LayerWeights layer(int i, FusionContext context) {
    Parameters parameters = context.parameters();
    String name = "qformer.encoder.layer." + i;
    long inner = (long) config.feedForward() * width;
    boolean looks = i % config.crossAttentionEvery() == 0;
    boolean last = i == config.layers() - 1;
    return new LayerWeights(
        attention(parameters, name + ".attention", width),
        looks
            ? Optional.of(attention(parameters, name + ".crossattention", context.visionWidth()))
            : Optional.empty(),
        PostNormFeedForward.declare(parameters, name, "_query", width, inner),
        config.readsQuestion() && !last
            ? Optional.of(PostNormFeedForward.declare(parameters, name, "", width, inner))
            : Optional.empty());
  }

  private PostNormAttention attention(Parameters parameters, String name, long memory) {
    return PostNormAttention.declare(
        parameters, name + ".attention", name + ".output", width, memory);
  }

  /** W. */
  int width() {
    return width;
  }

  /**
   * What the queries make of a picture: (B, Q, W).
   *
   * @param question present where they read it
   */
  NDArray read(VisionFeatures vision, Optional<TextEmbeddings> question, Mode mode) {
    double rate = mode.dropout(dropout);
    NDArray x =
        script.embed(
            vision.features(),
            queryTokens,
            norm,
            question.map(TextEmbeddings::words),
            positions,
            rate);
    NDArray visible =
        script.visible(vision.mask(), question.map(TextEmbeddings::mask), config.queries());
    for (LayerWeights layer : layers) {
      x =
          script.layer(
              x,
              visible,
              vision.features(),
              vision.mask(),
              config.queries(),
              layer,
              config.heads(),
              rate);
    }
    return x;
  }
}
