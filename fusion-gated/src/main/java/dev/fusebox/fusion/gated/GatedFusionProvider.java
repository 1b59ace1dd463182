package dev.fusebox.fusion.gated;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextShape;

/** Makes {@link GatedFusion}. */
public final class GatedFusionProvider implements FusionProvider<GatedFusionConfig> {

  @Override
  public String name() {
    return "gated";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "The encoded text attends to the picture; a gate decides how much of the result is mixed in.",
        "Zhang et al. 2023, Multimodal Chain-of-Thought Reasoning in Language Models, arXiv 2302.00923");
  }

  @Override
  public Class<GatedFusionConfig> configType() {
    return GatedFusionConfig.class;
  }

  @Override
  public void check(GatedFusionConfig config, TextShape text) {
    text.headsOfWidth(config.heads());
  }

  @Override
  public Fusion create(GatedFusionConfig config, FusionContext context) {
    return new GatedFusion(config, context);
  }
}
