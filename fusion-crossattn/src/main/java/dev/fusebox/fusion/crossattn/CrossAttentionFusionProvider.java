package dev.fusebox.fusion.crossattn;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextShape;

/** Makes {@link CrossAttentionFusion}. */
public final class CrossAttentionFusionProvider
    implements FusionProvider<CrossAttentionFusionConfig> {

  @Override
  public String name() {
    return "crossattn";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "Inserted blocks let the text attend to the picture at many layers, each behind a gate that starts closed.",
        "Flamingo: Alayrac et al. 2022, arXiv 2204.14198; image-grounded encoder: BLIP, Li et al."
            + " 2022, arXiv 2201.12086");
  }

  @Override
  public Class<CrossAttentionFusionConfig> configType() {
    return CrossAttentionFusionConfig.class;
  }

  @Override
  public void check(CrossAttentionFusionConfig config, TextShape text) {
    int depth = config.place().depth(text);
    if (config.everyNthLayer() > depth) {
      throw new IllegalArgumentException(
          "everyNthLayer must be at most "
              + depth
              + ", the depth of the stack, found "
              + config.everyNthLayer());
    }
  }

  @Override
  public boolean meetsInEncoder(CrossAttentionFusionConfig config) {
    return config.place().encoder();
  }

  @Override
  public Fusion create(CrossAttentionFusionConfig config, FusionContext context) {
    return new CrossAttentionFusion(config, context);
  }
}
