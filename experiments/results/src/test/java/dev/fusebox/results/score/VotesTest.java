package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VotesTest {

  @Test
  void theOptionNamedMostOftenWinsAndOfEqualsTheFirst() {
    assertThat(Votes.most(List.of(2, 1, 1))).isEqualTo(1);
    assertThat(Votes.most(List.of(2, 1, 1, 2))).isEqualTo(2);
    assertThat(Votes.most(List.of(Votes.NONE, Votes.NONE, 0))).isZero();
    assertThat(Votes.most(List.of(Votes.NONE))).isEqualTo(Votes.NONE);
    assertThat(Votes.most(List.of())).isEqualTo(Votes.NONE);
  }

  /** Two are undecided and one is sure: the vote and the sum differ. */
  @Test
  void probabilitiesAreSummed() {
    assertThat(
            Votes.likeliest(List.of(List.of(0.51, 0.49), List.of(0.51, 0.49), List.of(0.05, 0.95))))
        .isEqualTo(1);
    assertThat(Votes.likeliest(List.of(List.of(0.5, 0.5)))).isZero();
  }
}
