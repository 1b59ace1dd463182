package dev.fusebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void theRatioIsTheMedianOfTheTurnsNotTheRatioOfMedians() throws IOException {
    Iterator<Double> ours = List.of(1.0, 2.0, 4.0).iterator();
    Iterator<Double> theirs = List.of(3.0, 4.0, 4.0).iterator();
    Comparison comparison =
        Comparison.of(
            "work",
            8,
            "tokens",
            2,
            3,
            () -> OptionalDouble.of(ours.next()),
            () -> OptionalDouble.of(theirs.next()));
    assertThat(comparison.toString())
        .contains("4.0 tokens/s", "2.0 tokens/s", "2.00x", "1.00 - 3.00");
  }

  @Test
  void withoutPythonOursStandsAlone() throws IOException {
    Comparison comparison =
        Comparison.of(
            "work", 8, "tokens", 2, 1, () -> OptionalDouble.of(2), () -> OptionalDouble.empty());
    assertThat(comparison.toString()).contains("4.0 tokens/s").endsWith("no Python");
  }
}
