package dev.fusebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {

  @Test
  void theRatioIsTheMedianOfThePairs() {
    Pairs pairs = new Pairs("work", List.of(0.001, 0.004, 0.009), List.of(0.001, 0.002, 0.003));
    assertThat(pairs.toString()).contains("4.00 ms", "2.00 ms", "2.000x", "n = 3");
  }

  @Test
  void bothSidesAreMeasuredEquallyOften() {
    int[] calls = new int[2];
    Pairs pairs =
        Pairs.measure("work", new BenchmarkSettings(2, 3, 1), () -> ++calls[0], () -> ++calls[1]);
    assertThat(pairs.first()).hasSize(6).hasSameSizeAs(pairs.second());
    assertThat(calls[0]).isEqualTo(calls[1]).isGreaterThan(6);
  }
}
