package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.training.task.OptionProbabilities;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  private static OptionProbabilities options(int right, Double... probabilities) {
    return new OptionProbabilities("1", List.of(probabilities), right);
  }

  /** 0.8 and 0.84 in one bin, one of them right; 0.5 in another, right: worked out by hand. */
  @Test
  void errorIsTheMeanGapOfTheBins() {
    Calibration found =
        Calibration.of(
            List.of(options(0, 0.8, 0.2), options(0, 0.16, 0.84), options(1, 0.2, 0.5, 0.3)));
    assertThat(found.expectedError())
        .isCloseTo(2.0 / 3 * Math.abs(0.5 - 0.82) + 1.0 / 3 * Math.abs(1 - 0.5), within(1e-12));
    assertThat(found.confidence()).isCloseTo((0.8 + 0.84 + 0.5) / 3, within(1e-12));
    assertThat(found.accuracy()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(found.bins()).hasSize(10);
    assertThat(found.bins().get(8).answers()).isEqualTo(2);
  }

  @Test
  void certaintyIsInTheLastBinAndTheFirstOfEqualsIsChosen() {
    Calibration found = Calibration.of(List.of(options(1, 0.0, 1.0), options(1, 0.5, 0.5)));
    assertThat(found.bins().get(9).accuracy()).isEqualTo(1);
    assertThat(found.bins().get(5).accuracy()).isZero();
  }
}
