package dev.fusebox.fusion.alignment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.fusion.UnseenText;
import dev.fusebox.fusion.alignment.AlignmentFusionConfig.Temperature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentFusionConfigTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1 | 1  | 8| contrastive must be a number from 0 on, found -1.0",
        "NaN| 1  | 8| contrastive must be a number from 0 on, found NaN",
        "1  | -2 | 8| matching must be a number from 0 on, found -2.0",
        "0  | 0  | 8| contrastive must be above 0 where matching is 0, found 0.0",
        "1  | 1  | 0| width must be at least 1, found 0"
      })
  void numbersAreInRange(double contrastive, double matching, int width, String rule) {
    assertThatThrownBy(
            () ->
                new AlignmentFusionConfig(
                    contrastive, matching, Temperature.LEARNT, width, UnseenText.ENCODED))
        .hasMessage(rule);
  }
}
