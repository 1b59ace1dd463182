package dev.fusebox.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.mark.Interval;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** People read few decimals, programs two more, and a sortable table the number itself. */
class CellTest {

  @Test
  void aProgramReadsTwoMoreDecimals() {
    assertThat(new Cell.Score(59.4321, 1).text()).isEqualTo("59.4");
    assertThat(new Cell.Score(59.4321, 1).fields()).containsExactly("59.432");
    assertThat(new Cell.Points(-0.04, 1).text()).isEqualTo("+0.0");
    assertThat(new Cell.Points(-0.04, 1).fields()).containsExactly("-0.040");
    assertThat(new Cell.Difference(2.25, "text", 1).fields()).containsExactly("2.250", "text");
    assertThat(new Cell.Count(7).fields()).containsExactly("7");
  }

  @Test
  void aTableSortsByTheNumber() {
    assertThat(new Cell.Score(59.4, 1).order()).isEqualTo(59.4);
    assertThat(new Cell.Points(-2, 1).order()).isEqualTo(-2);
    assertThat(new Cell.Difference(2.25, "text", 1).order()).isEqualTo(2.25);
    assertThat(new Cell.Count(7).order()).isEqualTo(7);
    assertThat(new Cell.Words("x").order()).isNaN();
  }

  @Test
  void anEstimateStandsInItsInterval() {
    Cell.Estimate cell = new Cell.Estimate(-0.004, Optional.of(new Interval(-0.25, 0.5)), 2);
    assertThat(cell.text()).isEqualTo("0.00 [-0.25, 0.50]");
    assertThat(cell.fields()).containsExactly("-0.0040", "-0.2500", "0.5000");
    assertThat(cell.order()).isEqualTo(-0.004);
    assertThat(new Cell.Estimate(Double.NaN, Optional.empty(), 2).text()).isEqualTo("-");
    assertThat(new Cell.Estimate(1, Optional.empty(), 2).fields())
        .containsExactly("1.0000", "", "");
  }

  @Test
  void aProbabilityIsNeverNoneAndNeverMoreThanOne() {
    assertThat(Numbers.p(0.0009)).isEqualTo("p < .001");
    assertThat(Numbers.p(0.001)).isEqualTo("p = .001");
    assertThat(Numbers.p(0.9994)).isEqualTo("p = .999");
    assertThat(Numbers.p(0.9995)).isEqualTo("p = 1");
  }
}
