package dev.fusebox.fusion.alignment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.UnseenText;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.alignment.AlignmentFusionConfig.Temperature;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Losses beside another fusion's, of the batch's texts and pictures:
 *
 * <pre>
 * t_i = norm(W_t mean(text_i) + b_t),  v_i = norm(W_v mean(picture_i) + b_v),  s_ij = t_i · v_j
 * contrast = ½ mean_i CE(s_i· / τ, i) + ½ mean_j CE(s_·j / τ, j)
 * matching = mean of CE(m(t_i, v_i), yes), CE(m(t_i, v_j), no) and CE(m(t_j, v_i), no)
 *            where j is the other one with the largest s,  m(t, v) = W gelu(U [t; v; t ∘ v] + c) + d
 * </pre>
 *
 * The contrast is CLIP's (Radford et al. 2021, arXiv 2103.00020, figure 3), the matching ALBEF's
 * (Li et al. 2021, arXiv 2107.07651, section 3.2), with two differences: the hardest is taken
 * rather than drawn by its likelihood, so that nothing is random; and m judges from what is
 * compared here, not from what another fusion makes of the pair. A question without a picture, or
 * with one of zeros, takes no part; where fewer than two are left, both losses are 0.
 */
final class AlignmentFusion implements Fusion {

  private static final double SCALE = 1 / 0.07;

  private final AlignmentFusionConfig config;
  private final Ops ops;
  private final AlignmentScript script;
  private final Linear text; // (W, D)
  private final Linear picture; // (W, V)
  private final Optional<NDArray> logScale; // (1)
  private final Optional<Linear> inner; // (W, 3W)
  private final Optional<Linear> outer; // (2, W)

  AlignmentFusion(AlignmentFusionConfig config, FusionContext context) {
    this.config = config;
    ops = context.ops();
    script = new AlignmentScript(ops);
    Parameters parameters = context.parameters();
    int width = config.width();
    text = Linear.declare(parameters, "alignment.text", context.width(), width);
    picture = Linear.declare(parameters, "alignment.picture", context.visionWidth(), width);
    boolean learnt = config.contrastive() > 0 && config.temperature() == Temperature.LEARNT;
    logScale =
        learnt
            ? Optional.of(
                parameters.declare(
                    "alignment.log_scale",
                    new Shape(1),
                    Initializer.constant((float) Math.log(SCALE))))
            : Optional.empty();
    boolean matches = config.matching() > 0;
    inner =
        matches ? linear("alignment.match_inner", 3L * width, width, context) : Optional.empty();
    outer = matches ? linear("alignment.match_outer", width, 2, context) : Optional.empty();
  }

  private static Optional<Linear> linear(String name, long in, long out, FusionContext context) {
    return Optional.of(Linear.declare(context.parameters(), name, in, out));
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    return config.text() == UnseenText.EMBEDDED
        ? new AtEmbeddings(vision)
        : new AfterEncoder(vision);
  }

  private Map<String, NDArray> losses(TextStates read, VisionFeatures vision) {
    NDArray texts = script.place(read.hidden(), read.mask(), text);
    NDArray pictures = script.place(vision.features(), vision.mask(), picture);
    NDArray counts = script.counts(vision.features(), vision.mask());
    Map<String, NDArray> losses = new LinkedHashMap<>();
    if (config.contrastive() > 0) {
      NDArray contrast = script.contrast(texts, pictures, counts, logScale, SCALE);
      losses.put("contrastive", ops.scale(contrast, config.contrastive()));
    }
    if (inner.isPresent() && outer.isPresent()) {
      NDArray matching = script.matching(texts, pictures, counts, inner.get(), outer.get());
      losses.put("matching", ops.scale(matching, config.matching()));
    }
    return losses;
  }

  /** Reads the text where it is embedded. */
  private final class AtEmbeddings implements FusionPass {

    private final VisionFeatures vision;
    private TextStates read;

    private AtEmbeddings(VisionFeatures vision) {
      this.vision = vision;
    }

    @Override
    public TextStates atEmbeddings(TextStates text) {
      read = text;
      return text;
    }

    @Override
    public Map<String, NDArray> auxiliaryLosses() {
      return losses(read, vision);
    }
  }

  /** Reads the text where it is encoded. */
  private final class AfterEncoder implements FusionPass {

    private final VisionFeatures vision;
    private TextStates read;

    private AfterEncoder(VisionFeatures vision) {
      this.vision = vision;
    }

    @Override
    public TextStates afterEncoder(TextStates text) {
      read = text;
      return text;
    }

    @Override
    public Map<String, NDArray> auxiliaryLosses() {
      return losses(read, vision);
    }
  }
}
