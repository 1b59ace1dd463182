package dev.fusebox.fusion.coattention;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.fusion.TextShape;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Directions;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Gate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoattentionFusionConfigTest {

  private static CoattentionFusionConfig with(
      int layers, int heads, int feedForward, Directions directions) {
    return new CoattentionFusionConfig(
        layers, heads, feedForward, directions, true, Gate.NONE, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0| 1| 1| SHARED| layers must be at least 1, found 0",
        "1| 0| 1| SHARED| heads must be at least 1, found 0",
        "1| 1| 0| SHARED| feedForward must be at least 1, found 0",
        "1| 1| 1| OWN| directions must be shared where layers = 1, found own: nobody reads what the"
            + " picture sees in the last layer"
      })
  void settingsFitEachOther(
      int layers, int heads, int feedForward, Directions directions, String rule) {
    assertThatThrownBy(() -> with(layers, heads, feedForward, directions)).hasMessage(rule);
  }

  @Test
  void headsFitTheModel() {
    CoattentionFusionConfig config = with(1, 3, 1, Directions.SHARED);
    assertThatThrownBy(() -> new CoattentionFusionProvider().check(config, new TextShape(64, 2, 3)))
        .hasMessage("heads must divide the model's width 64, found 3");
  }
}
