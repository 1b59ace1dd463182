package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.result.Repeat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCountTest {

  @Test
  void runsAreSeedsOrSeedsOnDraws() {
    assertThat(RunCount.inWords(List.of())).isEqualTo("0 seeds");
    assertThat(RunCount.inWords(List.of(Repeat.of(4)))).isEqualTo("1 seed");
    assertThat(RunCount.inWords(List.of(Repeat.of(4), Repeat.of(5)))).isEqualTo("2 seeds");
    assertThat(RunCount.inWords(List.of(new Repeat(1, 4), new Repeat(3, 4))))
        .isEqualTo("1 seed x 2 draws");
    assertThat(RunCount.inWords(List.of(new Repeat(2, 4), new Repeat(2, 5))))
        .isEqualTo("2 seeds x 1 draw");
  }

  @Test
  void whereADrawLacksASeedTheyAreRuns() {
    assertThat(RunCount.inWords(List.of(new Repeat(1, 1), new Repeat(1, 2), new Repeat(2, 1))))
        .isEqualTo("3 runs");
  }
}
