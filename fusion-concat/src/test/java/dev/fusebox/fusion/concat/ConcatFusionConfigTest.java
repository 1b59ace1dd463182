package dev.fusebox.fusion.concat;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.fusion.concat.ConcatFusionConfig.Place;
import dev.fusebox.fusion.concat.ConcatFusionConfig.PositionBias;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Tokens;
import org.junit.jupiter.api.Test;

class ConcatFusionConfigTest {

  private static ConcatFusionConfig with(Tokens tokens, int count, int frames, int positions) {
    return new ConcatFusionConfig(
        tokens, count, Place.AFTER, PositionBias.TEXT, true, true, frames, positions, false);
  }

  @Test
  void aPictureIsATokenOrMore() {
    assertThatThrownBy(() -> with(Tokens.POOLED, 0, 0, 0))
        .hasMessage("count must be at least 1, found 0");
  }

  @Test
  void framesAreToldApartWhereEachPatchIsAToken() {
    assertThatCode(() -> with(Tokens.PATCHES, 2, 3, 0)).doesNotThrowAnyException();
    assertThatThrownBy(() -> with(Tokens.PATCHES, 2, -1, 0))
        .hasMessage("frameEmbeddings must be 0 or more, found -1");
    assertThatThrownBy(() -> with(Tokens.POOLED, 2, 3, 0))
        .hasMessage("frameEmbeddings must be 0 unless tokens = patches, found 3");
  }

  @Test
  void positionsAreToldApartForEveryToken() {
    assertThatCode(() -> with(Tokens.PREFIX, 4, 0, 4)).doesNotThrowAnyException();
    assertThatCode(() -> with(Tokens.PATCHES, 4, 0, 1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> with(Tokens.PATCHES, 4, 0, -1))
        .hasMessage("positionEmbeddings must be 0 or more, found -1");
    assertThatThrownBy(() -> with(Tokens.PREFIX, 4, 0, 3))
        .hasMessage("positionEmbeddings must be 0, or at least count = 4, found 3");
  }
}
