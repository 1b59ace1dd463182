package dev.fusebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GrowthBenchmarkTest {

  @Test
  void thePowerOfAPowerIsThatPower() {
    int[] sizes = {10, 30, 90};
    assertThat(GrowthBenchmark.power(sizes, new double[] {2, 6, 18})).isCloseTo(1, within(1e-12));
    assertThat(GrowthBenchmark.power(sizes, new double[] {1, 9, 81})).isCloseTo(2, within(1e-12));
    assertThat(GrowthBenchmark.power(sizes, new double[] {5, 5, 5})).isCloseTo(0, within(1e-12));
  }
}
