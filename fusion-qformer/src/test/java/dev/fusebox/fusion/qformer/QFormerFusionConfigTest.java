package dev.fusebox.fusion.qformer;

import static dev.fusebox.fusion.qformer.QFormerFusionConfig.RelatedPositions.JOINT;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.fusion.TextShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QFormerFusionConfigTest {

  private static QFormerFusionConfig with(
      int queries, int width, int layers, int heads, int feedForward, int every, int positions) {
    return new QFormerFusionConfig(
        queries, width, layers, heads, feedForward, every, true, positions, JOINT, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|  8| 1| 1| 1| 1| 1| queries must be at least 1, found 0",
        "1| -1| 1| 1| 1| 1| 1| width must be at least 0, found -1",
        "1|  8| 0| 1| 1| 1| 1| layers must be at least 1, found 0",
        "1|  8| 1| 0| 1| 1| 1| heads must be at least 1, found 0",
        "1|  8| 1| 3| 1| 1| 1| heads must divide the Q-Former's width 8, found 3",
        "1|  8| 1| 1| 0| 1| 1| feedForward must be at least 1, found 0",
        "1|  8| 1| 1| 1| 0| 1| crossAttentionEvery must be at least 1, found 0",
        "1|  8| 2| 1| 1| 3| 1| crossAttentionEvery must be at most layers = 2, found 3",
        "1|  8| 1| 1| 1| 1| 0| questionPositions must be at least 1, found 0"
      })
  void numbersAreInRange(
      int queries,
      int width,
      int layers,
      int heads,
      int feedForward,
      int every,
      int positions,
      String rule) {
    assertThatThrownBy(() -> with(queries, width, layers, heads, feedForward, every, positions))
        .hasMessage(rule);
  }

  @Test
  void headsFitTheWidthThatIsMeant() {
    TextShape text = new TextShape(64, 2, 3);
    QFormerFusionProvider provider = new QFormerFusionProvider();
    assertThatCode(() -> provider.check(with(1, 12, 1, 3, 1, 1, 1), text))
        .doesNotThrowAnyException();
    assertThatCode(() -> provider.check(with(1, 0, 1, 4, 1, 1, 1), text))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> provider.check(with(1, 0, 1, 3, 1, 1, 1), text))
        .hasMessage("heads must divide the model's width 64, found 3");
  }
}
