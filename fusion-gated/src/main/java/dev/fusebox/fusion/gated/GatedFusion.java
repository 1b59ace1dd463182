package dev.fusebox.fusion.gated;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.DistinctPatches;
import dev.fusebox.fusion.block.PatchMerger;
import java.util.Map;

/**
 * Multimodal-CoT's fusion, once, after the encoder:
 *
 * <pre>
 * V = W_h · features + b_h
 * A = attention(query = H, key = value = V)
 * λ = σ(W_g [H; A] + b_g)
 * H = (1 - λ) · H + λ · A
 * </pre>
 *
 * Zhang et al. 2023 (arXiv 2302.00923), section 4.2; with the projections, the biases and the
 * parameter names of their code, so that their checkpoints load. No vector of the picture is hidden
 * there: a missing picture is zeros, and so the bias b_h, in every place.
 */
final class GatedFusion implements Fusion {

  private final GatedFusionConfig config;
  private final GatedScript script;
  private final PatchMerger merger;
  private final PictureAttention attention;
  private final PictureGate gate;

  GatedFusion(GatedFusionConfig config, FusionContext context) {
    this.config = config;
    script = new GatedScript(context.ops());
    merger = new PatchMerger(context.ops());
    int heads = context.text().headsOfWidth(config.heads());
    boolean projected = config.attention() == GatedFusionConfig.Attention.PROJECTED;
    attention =
        projected
            ? new ProjectedAttention(heads, context, script)
            : new PlainAttention(heads, context, script);
    gate =
        config.gate() == GatedFusionConfig.Gate.SIGMOID
            ? new SigmoidGate(projected, context, script)
            : new TanhGate(context, script);
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    DistinctPatches patches = merger.merge(visible(vision));
    return new Pass(patches, attention.remember(patches.vision().features()));
  }

  private VisionFeatures visible(VisionFeatures vision) {
    if (config.missingPicture() == GatedFusionConfig.MissingPicture.MASKED) {
      return vision;
    }
    NDArray zeroed = script.zerosWhereHidden(vision.features(), vision.mask());
    NDArray mask = script.allWhereNone(vision.mask());
    return new VisionFeatures(zeroed, mask, vision.frames());
  }

  final class Pass implements FusionPass {

    private final DistinctPatches patches;
    private final NDArray memory; // (B, R, …)
    private TextStates before; // what the gate was asked about last

    private Pass(DistinctPatches patches, NDArray memory) {
      this.patches = patches;
      this.memory = memory;
    }

    @Override
    public TextStates afterEncoder(TextStates text) {
      before = text;
      NDArray hidden = text.hidden();
      return text.withHidden(gate.mix(hidden, look(hidden), mask()));
    }

    @Override
    public Diagnostics diagnostics() {
      if (before == null) {
        return Diagnostics.NONE;
      }
      NDArray hidden = before.hidden();
      NDArray share = script.meanShare(before.mask(), share(hidden));
      return new Diagnostics(
          Map.of("gate", (double) share.getFloat()), Map.of("attention", weights(hidden)));
    }

    /** What came out of the encoder last: (B, T, D). */
    NDArray before() {
      return before.hidden();
    }

    /** R: of how many vectors keys and values were computed. */
    long vectors() {
      return memory.getShape().get(1);
    }

    NDArray look(NDArray hidden) {
      return attention.look(hidden, memory, mask());
    }

    NDArray share(NDArray hidden) {
      return gate.share(hidden, look(hidden));
    }

    NDArray weights(NDArray hidden) {
      return patches.spread(attention.weights(hidden, memory, mask()));
    }

    private NDArray mask() {
      return patches.vision().mask();
    }
  }
}
