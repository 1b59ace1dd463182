package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

  /** As in Hugging Face's Trainer, which asks whether a figure is greater than the best. */
  @Test
  void ofEquallyGoodLooksTheFirstIsTheBest() {
    Progress first = Progress.START.afterStep().afterLook(-80);
    assertThat(first.justImproved()).isTrue();
    Progress second = first.afterStep().afterLook(-80);
    assertThat(second.justImproved()).isFalse();
    assertThat(second.bestStep()).isEqualTo(1);
    assertThat(second.looksWithoutGain()).isEqualTo(1);
    Progress third = second.afterStep().afterLook(-80.1);
    assertThat(third.bestStep()).isEqualTo(3);
    assertThat(third.looksWithoutGain()).isZero();
  }
}
