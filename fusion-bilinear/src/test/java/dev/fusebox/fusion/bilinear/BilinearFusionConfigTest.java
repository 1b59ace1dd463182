package dev.fusebox.fusion.bilinear;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.fusion.TextShape;
import dev.fusebox.fusion.bilinear.BilinearFusionConfig.Form;
import dev.fusebox.fusion.bilinear.BilinearFusionConfig.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearFusionConfigTest {

  private static BilinearFusionConfig with(
      Form form, int width, int factors, int inner, Picture picture, int heads) {
    return new BilinearFusionConfig(form, width, factors, inner, false, picture, heads, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MFB  | -1|  1|  0| 1| width must be at least 0, found -1",
        "MFB  |  1| -1|  0| 1| factors must be at least 0, found -1",
        "MUTAN|  1|  1| -1| 1| inner must be at least 0, found -1",
        "MFB  |  1|  1|  0| 0| heads must be at least 1, found 0",
        "MLB  |  1|  2|  0| 1| factors must be 0 or 1 where form = mlb, found 2",
        "MFB  |  1|  1|  4| 1| inner must be 0 unless form = mutan, found 4"
      })
  void settingsFitEachOther(Form form, int width, int factors, int inner, int heads, String rule) {
    assertThatThrownBy(() -> with(form, width, factors, inner, Picture.ATTENDED, heads))
        .hasMessage(rule);
  }

  @Test
  void headsFitTheModelWhereThereAreAny() {
    TextShape text = new TextShape(64, 2, 3);
    BilinearFusionProvider provider = new BilinearFusionProvider();
    assertThatThrownBy(() -> provider.check(with(Form.MLB, 0, 0, 0, Picture.ATTENDED, 3), text))
        .hasMessage("heads must divide the model's width 64, found 3");
    assertThatCode(() -> provider.check(with(Form.MLB, 0, 0, 0, Picture.POOLED, 3), text))
        .doesNotThrowAnyException();
  }
}
