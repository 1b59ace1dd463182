package dev.fusebox.fusion.coattention;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextShape;

/** Makes {@link CoattentionFusion}. */
public final class CoattentionFusionProvider implements FusionProvider<CoattentionFusionConfig> {

  @Override
  public String name() {
    return "coattention";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "The encoded text and the picture are two streams that attend to each other in additional layers.",
        "LXMERT: Tan and Bansal 2019, arXiv 1908.07490; separate weights per direction: ViLBERT, Lu et al. 2019, arXiv 1908.02265");
  }

  @Override
  public Class<CoattentionFusionConfig> configType() {
    return CoattentionFusionConfig.class;
  }

  @Override
  public void check(CoattentionFusionConfig config, TextShape text) {
    text.headsOfWidth(config.heads());
  }

  @Override
  public Fusion create(CoattentionFusionConfig config, FusionContext context) {
    return new CoattentionFusion(config, context);
  }
}
