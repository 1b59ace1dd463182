package dev.fusebox.fusion.late;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextShape;

/** Makes {@link LateFusion}. */
public final class LateFusionProvider implements FusionProvider<LateFusionConfig> {

  @Override
  public String name() {
    return "late";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "The text model never sees the picture; a second reader that does predicts the same words, and their logits are mixed.",
        "late (decision-level) fusion: Baltrušaitis et al. 2019, Multimodal Machine"
            + " Learning, section 6.1, arXiv 1705.09406");
  }

  @Override
  public Class<LateFusionConfig> configType() {
    return LateFusionConfig.class;
  }

  @Override
  public void check(LateFusionConfig config, TextShape text) {
    text.headsOfWidth(config.heads());
  }

  @Override
  public Fusion create(LateFusionConfig config, FusionContext context) {
    return new LateFusion(config, context);
  }
}
