package dev.fusebox.questions.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {

  @Test
  void standardErrorOfThePapersAccuracies() {
    assertThat(100 * new Proportion(3605, 4241).standardError()).isCloseTo(0.55, within(0.005));
    assertThat(100 * new Proportion(3817, 4241).standardError()).isCloseTo(0.46, within(0.005));
  }

  @Test
  void wilsonAgreesWithStatsmodels() {
    // statsmodels.stats.proportion.proportion_confint(8, 10, 0.05, "wilson") and (0, 10).
    Interval eight = new Proportion(8, 10).wilson(0.95);
    assertThat(eight.low()).isCloseTo(0.49016247153664183, within(1e-12));
    assertThat(eight.high()).isCloseTo(0.9433178485456247, within(1e-12));
    assertThat(new Proportion(0, 10).wilson(0.95).low()).isCloseTo(0, within(1e-12));
    assertThat(new Proportion(0, 10).wilson(0.95).high())
        .isCloseTo(0.27753279986288926, within(1e-12));
  }

  @Test
  void normalIntervalIsTheMeanAndNearlyTwoStandardErrors() {
    Interval interval = new Proportion(50, 100).normal(0.95);
    assertThat(interval.high() - 0.5).isCloseTo(1.959963984540054 * 0.05, within(1e-12));
  }

  @Test
  void bothEndsOfTheNormalIntervalLieAsFarFromTheMean() {
    Interval interval = new Proportion(30, 100).normal(0.95);
    assertThat(0.3 - interval.low()).isCloseTo(interval.high() - 0.3, within(1e-12)).isPositive();
  }

  @Test
  void percentIsTheShareTimesAHundred() {
    assertThat(new Proportion(3, 4).percent()).isEqualTo(75);
    assertThat(new Proportion(0, 4).isEmpty()).isFalse();
    assertThat(new Proportion(0, 0).isEmpty()).isTrue();
  }

  @Test
  void anIntervalHasItsEnds() {
    Interval interval = new Interval(-1, 2);
    assertThat(interval.contains(-1)).isTrue();
    assertThat(interval.contains(2)).isTrue();
    assertThat(interval.contains(-1.01)).isFalse();
    assertThat(interval.contains(2.01)).isFalse();
    assertThat(interval.times(100)).isEqualTo(new Interval(-100, 200));
    assertThat(interval.times(-1)).isEqualTo(new Interval(-2, 1));
  }

  @Test
  void aLevelIsAShareOfAllCases() {
    for (double level : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> new Proportion(1, 2).wilson(level))
          .hasMessage("level must lie between 0 and 1, found " + level);
    }
  }

  @Test
  void moreThanAllIsAnError() {
    assertThatThrownBy(() -> new Proportion(5, 4))
        .hasMessage("correct must lie between 0 and n = 4, found 5");
  }
}
