package dev.fusebox.fusion.bilinear;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.bilinear.BilinearFusionConfig.Form;
import dev.fusebox.fusion.bilinear.BilinearFusionConfig.Picture;
import java.util.Map;

/**
 * Each position of the encoded text gets products of its own numbers and those of what it sees; a
 * whole bilinear form would have D · S · D weights, so it is one of low rank:
 *
 * <pre>
 * v = attention(query = h, key = value = picture), or the picture's mean
 * z = Σ_k (U_k h) ∘ (V_k v)                          MLB and MUTAN bend h and v with tanh first
 * z = z / √(|z| + 1e-6), z / ‖z‖                     with signedRoot
 * h = h + W z + b
 * </pre>
 *
 * MLB (Kim et al. 2017, arXiv 1610.04325, equation 9), MFB (Yu et al. 2017, arXiv 1708.01471,
 * equations 4 to 6) and MUTAN (Ben-younes et al. 2017, arXiv 1705.06676, equation 8). Each of them
 * answers from one vector for the whole question; here each position has its own, and what is made
 * of it is added to it. W begins with zeros. A question without a picture stays as it is.
 */
final class BilinearFusion implements Fusion {

  private final BilinearFusionConfig config;
  private final BilinearScript script;
  private final double dropout;
  private final SeenPicture picture;
  private final ProductWeights weights;

  BilinearFusion(BilinearFusionConfig config, FusionContext context) {
    this.config = config;
    script = new BilinearScript(context.ops());
    dropout = context.dropout();
    picture =
        config.picture() == Picture.ATTENDED
            ? new AttendedPicture(config.heads(), context, script)
            : new PooledPicture(context, script);
    weights = ProductWeights.declare(config, context, picture.width());
  }

  @Override
  public boolean trains(String parameter) {
    return !config.freezeLanguageModel() || parameter.startsWith("bilinear.");
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    return new Pass(picture.remember(vision), vision.mask(), mode.dropout(dropout));
  }

  private final class Pass implements FusionPass {

    private final SeenPicture.Memory memory;
    private final NDArray mask; // (B, P)
    private final double rate;
    private NDArray before; // what came out of the encoder last

    private Pass(SeenPicture.Memory memory, NDArray mask, double rate) {
      this.memory = memory;
      this.mask = mask;
      this.rate = rate;
    }

    @Override
    public TextStates afterEncoder(TextStates text) {
      before = text.hidden();
      return text.withHidden(
          script.fuse(
              before,
              memory.seenBy(before),
              mask,
              weights,
              config.products(),
              config.form() == Form.MLB,
              config.signedRoot(),
              rate));
    }

    @Override
    public Diagnostics diagnostics() {
      if (before == null) {
        return Diagnostics.NONE;
      }
      return memory
          .weights(before)
          .map(map -> new Diagnostics(Map.of(), Map.of("attention", map)))
          .orElse(Diagnostics.NONE);
    }
  }
}
