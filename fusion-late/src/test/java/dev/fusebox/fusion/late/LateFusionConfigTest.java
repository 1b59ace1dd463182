package dev.fusebox.fusion.late;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.fusion.TextShape;
import dev.fusebox.fusion.late.LateFusionConfig.Mix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateFusionConfigTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0| 1| 1| layers must be at least 1, found 0",
        "1| 0| 1| heads must be at least 1, found 0",
        "1| 1| 0| feedForward must be at least 1, found 0"
      })
  void numbersAreInRange(int layers, int heads, int feedForward, String rule) {
    assertThatThrownBy(() -> new LateFusionConfig(layers, heads, feedForward, Mix.MEAN, false))
        .hasMessage(rule);
  }

  @Test
  void headsFitTheModel() {
    LateFusionConfig config = new LateFusionConfig(1, 3, 1, Mix.MEAN, false);
    assertThatThrownBy(() -> new LateFusionProvider().check(config, new TextShape(64, 2, 3)))
        .hasMessage("heads must divide the model's width 64, found 3");
  }
}
