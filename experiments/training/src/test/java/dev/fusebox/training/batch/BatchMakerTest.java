package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.t5.T5Config;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchMakerTest {

  private static final T5Config CONFIG =
      T5Config.small(50, 16, 2).withFeedForwardWidth(24).withDropout(0);

  private static final List<Example> EXAMPLES =
      List.of(
          new Example("a", new int[] {40, 41, 1}, new int[] {7, 8, 1}, ""),
          new Example("b", new int[] {42, 1}, new int[] {9, 1}, ""));

  private static Batch batch(Optional<Integer> countedLength) {
    return new BatchMaker(CONFIG, Optional.empty(), countedLength).make(EXAMPLES);
  }

  /** mm-cot's tokenizer pads to the maximum, and its model shifts those labels. */
  @Test
  void paddingThatCountsGoesOnToTheLongestOutput() {
    Batch batch = batch(Optional.of(5));
    assertThat(batch.labels().ids()).containsExactly(7, 8, 1, 0, 0, 9, 1, 0, 0, 0);
    assertThat(batch.inputs().ids()).containsExactly(0, 7, 8, 1, 0, 0, 9, 1, 0, 0);
    assertThat(batch.counted()).isEqualTo(10);
    assertThat(batch.countedLabels(1)).isEqualTo(5);
  }

  @Test
  void paddingThatDoesNotCountGoesOnToTheLongestOfTheBatch() {
    Batch batch = batch(Optional.empty());
    assertThat(batch.labels().ids()).containsExactly(7, 8, 1, 9, 1, -100);
    assertThat(batch.inputs().ids()).containsExactly(0, 7, 8, 0, 9, 1);
    assertThat(batch.counted()).isEqualTo(5);
    assertThat(batch.countedLabels(1)).isEqualTo(2);
  }

  @Test
  void howManyTokensWereReadAndWrittenIsTheSameEitherWay() {
    assertThat(batch(Optional.of(5)).tokens()).isEqualTo(batch(Optional.empty()).tokens());
    assertThat(batch(Optional.of(5)).sources().ids()).containsExactly(40, 41, 1, 42, 1, 0);
  }

  @Test
  void aTargetLongerThanTheLongestOutputIsAFault() {
    assertThatThrownBy(() -> batch(Optional.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("texts must have at most 2 tokens, found one of 3");
  }
}
