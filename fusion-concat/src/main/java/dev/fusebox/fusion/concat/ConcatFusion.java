package dev.fusebox.fusion.concat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.TextStates.Span;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Place;
import dev.fusebox.fusion.concat.ConcatFusionConfig.PositionBias;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Tokens;
import dev.fusebox.tensor.Initializer;
import java.util.Optional;

/**
 * One sequence of text and picture, joined at the embeddings:
 *
 * <pre>
 * X = [E(text); W · features + b + segment + frame + position]      or picture first
 * </pre>
 *
 * with a norm on {@code W · features + b} if the config says so. The encoder does the rest. VL-T5
 * (Cho et al. 2021, arXiv 2102.02779) joins normed region features after the text and keeps
 * relative positions among the text; ViLT (Kim et al. 2021, arXiv 2102.03334) takes raw patches;
 * MMBT (Kiela et al. 2019, arXiv 1909.02950) a few pooled vectors; Frozen (Tsimpoukelli et al.
 * 2021, arXiv 2106.13884) maps one vector to a prefix of two tokens and trains nothing but that
 * map.
 */
final class ConcatFusion implements Fusion {

  private final ConcatFusionConfig config;
  private final ConcatScript script;
  private final Linear projection; // (D, V), for a prefix (N·D, V)
  private final ConcatScript.Embeddings added;

  ConcatFusion(ConcatFusionConfig config, FusionContext context) {
    this.config = config;
    script = new ConcatScript(context.ops());
    long d = context.width();
    long out = config.tokens() == Tokens.PREFIX ? config.count() * d : d;
    projection =
        Linear.declare(context.parameters(), "fusion.projection", context.visionWidth(), out);
    added =
        new ConcatScript.Embeddings(
            declared(config.norm(), "norm", new Shape(d), Initializer.ones(), context),
            table(config.segmentEmbedding(), "segment", new Shape(d), context),
            table(
                config.frameEmbeddings() > 0,
                "frames",
                new Shape(config.frameEmbeddings(), d),
                context),
            table(
                config.positionEmbeddings() > 0,
                "positions",
                new Shape(config.positionEmbeddings(), d),
                context));
  }

  private static Optional<NDArray> table(
      boolean wanted, String name, Shape shape, FusionContext context) {
    return declared(wanted, name, shape, Initializer.normal(0.02), context);
  }

  private static Optional<NDArray> declared(
      boolean wanted, String name, Shape shape, Initializer initializer, FusionContext context) {
    return wanted
        ? Optional.of(
            context.parameters().declare("fusion." + name + ".weight", shape, initializer))
        : Optional.empty();
  }

  @Override
  public boolean trains(String parameter) {
    return !config.freezeLanguageModel() || parameter.startsWith("fusion.");
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    boolean prefix = config.tokens() == Tokens.PREFIX;
    NDList pooled =
        script.pool(
            vision.features(),
            vision.mask(),
            config.tokens() != Tokens.PATCHES,
            prefix ? 1 : config.count());
    NDList tokens =
        script.tokens(pooled.get(0), pooled.get(1), projection, prefix ? config.count() : 1);
    checkPositions(tokens.get(0).getShape().get(1));
    NDArray embedded = script.embed(tokens.get(0), vision.frames(), added);
    return new Pass(embedded, tokens.get(1));
  }

  private void checkPositions(long tokens) {
    if (added.positions().isPresent() && tokens > config.positionEmbeddings()) {
      throw new IllegalArgumentException(
          "positionEmbeddings must be 0, or at least the "
              + tokens
              + " tokens of a picture, found "
              + config.positionEmbeddings());
    }
  }

  private final class Pass implements FusionPass {

    private final NDArray tokens; // (B, N, D)
    private final NDArray mask; // (B, N)

    private Pass(NDArray tokens, NDArray mask) {
      this.tokens = tokens;
      this.mask = mask;
    }

    @Override
    public TextStates atEmbeddings(TextStates text) {
      boolean first = config.place() == Place.BEFORE;
      NDArray hidden = join(text.hidden(), tokens, first);
      NDArray joinedMask = join(text.mask(), mask, first);
      if (config.positionBias() == PositionBias.JOINT) {
        return new TextStates(hidden, joinedMask);
      }
      long start = first ? tokens.getShape().get(1) : 0;
      long length = text.hidden().getShape().get(1);
      return new TextStates(hidden, joinedMask, new Span(start, start + length));
    }

    private NDArray join(NDArray text, NDArray picture, boolean pictureFirst) {
      return pictureFirst ? picture.concat(text, 1) : text.concat(picture, 1);
    }
  }
}
