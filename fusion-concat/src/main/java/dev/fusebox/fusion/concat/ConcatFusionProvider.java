package dev.fusebox.fusion.concat;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;

/** Makes {@link ConcatFusion}. */
public final class ConcatFusionProvider implements FusionProvider<ConcatFusionConfig> {

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "The picture becomes tokens that the encoder reads in one sequence with the text.",
        "VL-T5: Cho et al. 2021, arXiv 2102.02779; ViLT: Kim et al. 2021, arXiv 2102.03334; MMBT:"
            + " Kiela et al. 2019, arXiv 1909.02950; Frozen: Tsimpoukelli et al. 2021, arXiv"
            + " 2106.13884");
  }

  @Override
  public Class<ConcatFusionConfig> configType() {
    return ConcatFusionConfig.class;
  }

  @Override
  public boolean lengthensText() {
    return true;
  }

  @Override
  public boolean meetsInEncoder(ConcatFusionConfig config) {
    return true;
  }

  @Override
  public Fusion create(ConcatFusionConfig config, FusionContext context) {
    return new ConcatFusion(config, context);
  }
}
