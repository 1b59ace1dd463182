package dev.fusebox.fusion.alignment;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.UnseenText;
import java.util.Optional;

/** Makes {@link AlignmentFusion}. */
public final class AlignmentFusionProvider implements FusionProvider<AlignmentFusionConfig> {

  @Override
  public String name() {
    return "alignment";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "Adds losses that align each text with its picture, next to another fusion; changes no state.",
        "contrast: CLIP, Radford et al. 2021, arXiv 2103.00020; matching: ALBEF, Li et al. 2021,"
            + " arXiv 2107.07651");
  }

  @Override
  public Class<AlignmentFusionConfig> configType() {
    return AlignmentFusionConfig.class;
  }

  @Override
  public Optional<UnseenText> readsUnseen(AlignmentFusionConfig config) {
    return Optional.of(config.text());
  }

  @Override
  public Fusion create(AlignmentFusionConfig config, FusionContext context) {
    return new AlignmentFusion(config, context);
  }
}
