package dev.fusebox.fusion.bilinear;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextShape;
import dev.fusebox.fusion.bilinear.BilinearFusionConfig.Picture;

/** Makes {@link BilinearFusion}. */
public final class BilinearFusionProvider implements FusionProvider<BilinearFusionConfig> {

  @Override
  public String name() {
    return "bilinear";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "Low-rank bilinear products of text and picture are added to the encoded text.",
        "MUTAN: Ben-younes et al. 2017, arXiv 1705.06676; MFB: Yu et al. 2017, arXiv 1708.01471;"
            + " MLB: Kim et al. 2017, arXiv 1610.04325");
  }

  @Override
  public Class<BilinearFusionConfig> configType() {
    return BilinearFusionConfig.class;
  }

  @Override
  public void check(BilinearFusionConfig config, TextShape text) {
    if (config.picture() == Picture.ATTENDED) {
      text.headsOfWidth(config.heads());
    }
  }

  @Override
  public Fusion create(BilinearFusionConfig config, FusionContext context) {
    return new BilinearFusion(config, context);
  }
}
