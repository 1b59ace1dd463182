package dev.fusebox.fusion.gated;

import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.gated.GatedFusionConfig.Attention;
import dev.fusebox.fusion.gated.GatedFusionConfig.Gate;
import dev.fusebox.fusion.gated.GatedFusionConfig.MissingPicture;
import dev.fusebox.fusion.testkit.FusionContract;
import java.util.List;

final class GatedFusionTest extends FusionContract<GatedFusionConfig> {

  @Override
  protected FusionProvider<GatedFusionConfig> provider() {
    return new GatedFusionProvider();
  }

  @Override
  protected List<GatedFusionConfig> configs() {
    return List.of(
        new GatedFusionConfig(Attention.PROJECTED, 1, Gate.SIGMOID, MissingPicture.ZEROS),
        new GatedFusionConfig(Attention.PROJECTED, 4, Gate.SIGMOID, MissingPicture.MASKED),
        new GatedFusionConfig(Attention.PROJECTED, 2, Gate.TANH, MissingPicture.ZEROS),
        new GatedFusionConfig(Attention.PLAIN, 1, Gate.SIGMOID, MissingPicture.MASKED),
        new GatedFusionConfig(Attention.PLAIN, 2, Gate.TANH, MissingPicture.MASKED));
  }

  @Override
  protected boolean beginsAsTextModel(GatedFusionConfig config) {
    return config.gate() == Gate.TANH;
  }

  @Override
  protected boolean readsAloneWithoutPicture(GatedFusionConfig config) {
    return config.missingPicture() == MissingPicture.MASKED;
  }
}
