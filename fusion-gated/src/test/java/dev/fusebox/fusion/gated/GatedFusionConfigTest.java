package dev.fusebox.fusion.gated;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.fusion.TextShape;
import dev.fusebox.fusion.gated.GatedFusionConfig.Attention;
import dev.fusebox.fusion.gated.GatedFusionConfig.Gate;
import dev.fusebox.fusion.gated.GatedFusionConfig.MissingPicture;
import org.junit.jupiter.api.Test;

class GatedFusionConfigTest {

  private static final TextShape TEXT = new TextShape(64, 2, 2);

  private static GatedFusionConfig heads(int heads) {
    return new GatedFusionConfig(Attention.PROJECTED, heads, Gate.SIGMOID, MissingPicture.ZEROS);
  }

  @Test
  void thereIsAHead() {
    assertThatThrownBy(() -> heads(0)).hasMessage("heads must be at least 1, found 0");
  }

  @Test
  void headsDivideTheModelsWidth() {
    GatedFusionProvider provider = new GatedFusionProvider();
    assertThatCode(() -> provider.check(heads(8), TEXT)).doesNotThrowAnyException();
    assertThatThrownBy(() -> provider.check(heads(7), TEXT))
        .hasMessage("heads must divide the model's width 64, found 7");
  }
}
