package dev.fusebox.fusion.coattention;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Gate;
import dev.fusebox.tensor.Initializer;
import java.util.Map;
import java.util.Optional;

/**
 * After the encoder, text and picture are two streams that attend to each other, to themselves, and
 * have feed-forwards of their own, layer by layer; the decoder reads the text's.
 *
 * <p>LXMERT's cross-modality encoder (Tan and Bansal 2019, arXiv 1908.07490, section 3.1), on T5's
 * encoder rather than BERT's first layers. Of the picture there are vectors only, no boxes. With
 * {@code directions = own} the streams look at each other with weights of their own, as those of
 * ViLBERT do (Lu et al. 2019, arXiv 1908.02265, section 2.1). The gate is an addition of ours,
 * after Flamingo's.
 */
final class CoattentionFusion implements Fusion {

  private static final String ALPHA = "coattention.alpha";

  private final CoattentionFusionConfig config;
  private final CoattentionScript script;
  private final Streams streams;
  private final Optional<NDArray> alpha; // (1)

  CoattentionFusion(CoattentionFusionConfig config, FusionContext context) {
    this.config = config;
    script = new CoattentionScript(context.ops());
    streams = new Streams(config, context, script, false);
    alpha =
        config.gate() == Gate.TANH
            ? Optional.of(context.parameters().declare(ALPHA, new Shape(1), Initializer.zeros()))
            : Optional.empty();
  }

  @Override
  public boolean trains(String parameter) {
    return !config.freezeLanguageModel()
        || parameter.startsWith("lxmert.")
        || parameter.equals(ALPHA);
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    return new Pass(streams.picture(vision, mode), vision.mask(), mode);
  }

  private final class Pass implements FusionPass {

    private final NDArray picture; // (B, P, D)
    private final NDArray mask; // (B, P)
    private final Mode mode;
    private TextStates before; // what came out of the encoder last

    private Pass(NDArray picture, NDArray mask, Mode mode) {
      this.picture = picture;
      this.mask = mask;
      this.mode = mode;
    }

    @Override
    public TextStates afterEncoder(TextStates text) {
      before = text;
      NDArray made = streams.meet(text, picture, mask, mode);
      return text.withHidden(
          alpha.map(number -> script.mix(text.hidden(), made, mask, number)).orElse(made));
    }

    @Override
    public Diagnostics diagnostics() {
      Map<String, Double> gates =
          alpha.map(number -> Map.of("gate", Math.tanh(number.getFloat()))).orElse(Map.of());
      return new Diagnostics(
          gates, before == null ? Map.of() : streams.weights(before, picture, mask));
    }
  }
}
