package dev.fusebox.fusion.qformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.TextStates.Span;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.qformer.QFormerFusionConfig.RelatedPositions;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Learnt queries gather from the picture what the text model then reads as tokens of its own:
 *
 * <pre>
 * X = [W · qformer(queries, picture) + b; E(text)]
 * </pre>
 *
 * BLIP-2 (Li et al. 2023, arXiv 2301.12597, section 3). In InstructBLIP (Dai et al. 2023, arXiv
 * 2305.06500) the queries read the question too, so that they can look for what is asked. There it
 * has BERT's tokens and embeddings; here T5's embeddings through a linear map stand in for them.
 * The projected queries count always, in a question without a picture too.
 */
final class QFormerFusion implements Fusion {

  private static final List<String> OWN =
      List.of("query_tokens", "qformer.", "language_projection.");

  private final QFormerFusionConfig config;
  private final Ops ops;
  private final QFormerScript script;
  private final QFormer qformer;
  private final Linear projection; // (D, W)
  private final Optional<Linear> words; // (W, D)

  QFormerFusion(QFormerFusionConfig config, FusionContext context) {
    this.config = config;
    ops = context.ops();
    script = new QFormerScript(ops);
    qformer = new QFormer(config, context, script);
    projection =
        Linear.declare(
            context.parameters(), "language_projection", qformer.width(), context.width());
    words = config.readsQuestion() ? Optional.of(words(context)) : Optional.empty();
  }

  /** Begins such that words are as long as BERT's, and so as their places. */
  private Linear words(FusionContext context) {
    String name = "qformer.embeddings.question_projection";
    Shape shape = new Shape(qformer.width(), context.width());
    Initializer start = Initializer.normal(QFormer.DEVIATION / Math.sqrt(context.width()));
    return new Linear(
        context.parameters().declare(name + ".weight", shape, start),
        context.parameters().declare(name + ".bias", shape.slice(0, 1), Initializer.zeros()));
  }

  @Override
  public boolean trains(String parameter) {
    return !config.freezeLanguageModel() || OWN.stream().anyMatch(parameter::startsWith);
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    if (words.isPresent()) {
      return new Pass(text -> projected(vision, Optional.of(question(text)), mode));
    }
    NDArray tokens = projected(vision, Optional.empty(), mode);
    return new Pass(text -> tokens);
  }

  private TextEmbeddings question(TextStates text) {
    return new TextEmbeddings(script.words(text.hidden(), words.orElseThrow()), text.mask());
  }

  private NDArray projected(VisionFeatures vision, Optional<TextEmbeddings> question, Mode mode) {
    return projection.apply(ops, qformer.read(vision, question, mode));
  }

  private final class Pass implements FusionPass {

    private final Function<TextStates, NDArray> tokens; // (B, Q, D), which may wait for the text

    private Pass(Function<TextStates, NDArray> tokens) {
      this.tokens = tokens;
    }

    @Override
    public TextStates atEmbeddings(TextStates text) {
      NDArray mask = script.visible(text.mask(), Optional.of(text.mask()), config.queries());
      NDArray hidden = tokens.apply(text).concat(text.hidden(), 1);
      return config.positionBias() == RelatedPositions.JOINT
          ? new TextStates(hidden, mask)
          : new TextStates(hidden, mask, wordsOf(hidden));
    }

    private Span wordsOf(NDArray hidden) {
      return new Span(config.queries(), hidden.getShape().get(1));
    }
  }
}
