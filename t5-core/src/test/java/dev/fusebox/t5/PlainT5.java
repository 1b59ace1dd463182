package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.TextStates.Span;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.util.List;
import java.util.stream.IntStream;

/**
 * T5 of the same parts in the same order, as it would be if nobody had thought of fusions: what the
 * benchmarks compare the model with.
 */
public final class PlainT5 {

  private record Reading(SelfAttention attention, FeedForward feedForward) {}

  private record Writing(SelfAttention attention, CrossAttention cross, FeedForward feedForward) {}

  private final Blueprint blueprint;
  private final NDArray embedding; // (vocabulary, D)
  private final PositionBias readingPositions;
  private final List<Reading> encoder;
  private final NDArray encoderNorm; // (D)
  private final PositionBias writingPositions;
  private final List<Writing> decoder;
  private final NDArray decoderNorm; // (D)

  /** Declares its parameters under the names that the model with hooks gives them. */
  public PlainT5(T5Config config, Parameters parameters, Ops ops) {
    blueprint = Blueprint.of(config, parameters, ops, Matrices.PLAIN);
    embedding =
        parameters.declare(
            "shared.weight", new Shape(config.vocabulary(), config.width()), Initializer.normal(1));
    readingPositions = new PositionBias("encoder", true, blueprint);
    encoder = IntStream.range(0, config.encoderDepth()).mapToObj(this::reading).toList();
    encoderNorm = blueprint.norm("encoder.final_layer_norm.weight");
    writingPositions = new PositionBias("decoder", false, blueprint);
    decoder = IntStream.range(0, config.decoderDepth()).mapToObj(this::writing).toList();
    decoderNorm = blueprint.norm("decoder.final_layer_norm.weight");
  }

  private Reading reading(int block) {
    String prefix = "encoder.block." + block + ".layer.";
    return new Reading(
        new SelfAttention(prefix + 0, blueprint), new FeedForward(prefix + 1, blueprint));
  }

  private Writing writing(int block) {
    String prefix = "decoder.block." + block + ".layer.";
    return new Writing(
        new SelfAttention(prefix + 0, blueprint),
        new CrossAttention(prefix + 1, blueprint),
        new FeedForward(prefix + 2, blueprint));
  }

  /** What the encoder makes of {@code ids} (B, T). */
  public TextStates encode(NDArray ids, NDArray mask, Mode mode) {
    double dropout = blueprint.dropout(mode);
    Ops ops = blueprint.ops();
    NDArray hidden = ops.dropout(ops.embedding(ids, embedding), dropout); // (B, T, D)
    NDArray positions = bias(readingPositions, hidden);
    NDArray bias = blueprint.script().maskedBias(positions, mask);
    for (Reading block : encoder) {
      hidden = block.attention().forward(hidden, bias, mode);
      hidden = block.feedForward().forward(hidden, mode);
    }
    return new TextStates(ops.dropout(normed(hidden, encoderNorm), dropout), mask);
  }

  /** Scores (B, U, vocabulary) with teacher forcing. */
  public NDArray logits(NDArray ids, TextStates encoded, Mode mode) {
    double dropout = blueprint.dropout(mode);
    Ops ops = blueprint.ops();
    NDArray hidden = ops.dropout(ops.embedding(ids, embedding), dropout); // (B, U, D)
    NDArray bias = blueprint.script().causalBias(bias(writingPositions, hidden));
    NDArray mask = ops.additiveMask(encoded.mask());
    for (Writing block : decoder) {
      hidden = block.attention().forward(hidden, bias, mode);
      hidden = block.cross().forward(hidden, encoded.hidden(), mask, mode);
      hidden = block.feedForward().forward(hidden, mode);
    }
    NDArray last = ops.dropout(normed(hidden, decoderNorm), dropout);
    return ops.linear(ops.scale(last, 1 / Math.sqrt(blueprint.config().width())), embedding);
  }

  private static NDArray bias(PositionBias positions, NDArray hidden) {
    long length = hidden.getShape().get(1);
    return positions.among(hidden.getManager(), length, new Span(0, length));
  }

  private NDArray normed(NDArray hidden, NDArray weight) {
    return blueprint.ops().rmsNorm(hidden, weight, blueprint.config().normEpsilon());
  }
}
