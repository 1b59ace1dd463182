package dev.fusebox.fusion.concat;

import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Place;
import dev.fusebox.fusion.concat.ConcatFusionConfig.PositionBias;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Tokens;
import dev.fusebox.fusion.testkit.FusionContract;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ConcatFusionTest extends FusionContract<ConcatFusionConfig> {

  @Override
  protected FusionProvider<ConcatFusionConfig> provider() {
    return new ConcatFusionProvider();
  }

  @Override
  protected List<ConcatFusionConfig> configs() {
    return List.of(
        new ConcatFusionConfig(
            Tokens.PATCHES, 1, Place.AFTER, PositionBias.TEXT, true, true, 2, 0, false),
        new ConcatFusionConfig(
            Tokens.PATCHES, 1, Place.BEFORE, PositionBias.JOINT, false, false, 0, 9, false),
        new ConcatFusionConfig(
            Tokens.POOLED, 3, Place.BEFORE, PositionBias.JOINT, true, true, 0, 3, false),
        new ConcatFusionConfig(
            Tokens.PREFIX, 2, Place.BEFORE, PositionBias.JOINT, false, false, 0, 0, true));
  }

  @Override
  protected boolean readsAloneWithoutPicture(ConcatFusionConfig config) {
    return true;
  }

  @Override
  protected boolean dependsOnPadding(ConcatFusionConfig config) {
    return config.positionBias() == PositionBias.JOINT && config.tokens() == Tokens.PATCHES;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void gradientsAreTheSameWhereSubLayersAreComputedAgain(ConcatFusionConfig config) {
    assertTheSameComputedAgain(config);
  }
}
