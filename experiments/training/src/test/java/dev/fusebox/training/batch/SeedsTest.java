package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedsTest {

  /**
   * SplitMix64's finalizer (Steele, Lea and Flood 2014) as Python's whole numbers have it. Other
   * numbers would be other batches under the same seed.
   */
  @Test
  void aSeedGivesTheSameNumbersForEver() {
    assertThat(Seeds.mix(0, 0)).isEqualTo(6238072747940578789L);
    assertThat(Seeds.mix(1, 0)).isEqualTo(-7995527694508729151L);
    assertThat(Seeds.mix(1, 1)).isEqualTo(-7541218347953203506L);
    assertThat(Seeds.mix(7, 41)).isEqualTo(4028864712777624925L);
    assertThat(Seeds.mix(-3, 5)).isEqualTo(-1485094706333197531L);
  }
}
