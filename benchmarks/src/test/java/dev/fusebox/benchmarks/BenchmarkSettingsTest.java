package dev.fusebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkSettingsTest {

  @Test
  void whatIsNotNamedKeepsItsDefault() {
    assertThat(BenchmarkSettings.of(List.of("steps=5", "threads=1")))
        .isEqualTo(new BenchmarkSettings(3, 5, 1));
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> BenchmarkSettings.of(List.of("step=5")))
        .hasMessage("step=5: no such setting; known: rounds, steps, threads");
    assertThatThrownBy(() -> BenchmarkSettings.of(List.of("steps=many")))
        .hasMessage("steps=many: the value must be a whole number");
    assertThatThrownBy(() -> BenchmarkSettings.of(List.of("steps=0", "threads=2")))
        .hasMessage("rounds, steps and threads must be at least 1, found 3, 0, 2");
  }
}
