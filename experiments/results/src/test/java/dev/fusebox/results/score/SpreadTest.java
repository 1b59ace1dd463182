package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  /** {@code statistics.stdev([2, 4, 4, 4, 5, 5, 7, 9])} of Python. */
  @Test
  void isTheSamplesStandardDeviation() {
    Spread spread = Spread.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));
    assertThat(spread.mean()).isEqualTo(5);
    assertThat(spread.sd()).isCloseTo(2.138089935299395, within(1e-15));
    assertThat(spread.seeds()).isEqualTo(8);
  }

  @Test
  void oneSeedHasNone() {
    assertThat(Spread.of(List.of(3.0)).mean()).isEqualTo(3);
    assertThat(Spread.of(List.of(3.0)).sd()).isNaN();
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessage("a spread needs at least one value");
  }
}
