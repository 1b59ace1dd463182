package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which questions, and how many: shares, counts and what is neither. */
class DataSettingsTest {

  private static final Optional<Double> ALL = Optional.empty();

  private static DataSettings heldOut(Optional<Double> share) {
    return new DataSettings(
        Optional.empty(),
        DemoSettings.of(10, 1),
        new SplitNames("train", "val", "test"),
        share,
        new SplitLimits(ALL, ALL, ALL));
  }

  private static Question question(int number) {
    return new Question("q" + number, "?", List.of("a", "b"), 0, "", false, "", "", "", "", "");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void whatIsHeldOutIsAPartOfTheTrainingQuestions(double share) {
    assertThatThrownBy(() -> heldOut(Optional.of(share)))
        .hasMessage("heldOut must be a share between 0 and 1, found " + share);
  }

  @Test
  void thatShareOfTheQuestionsIsHeldOut() {
    for (double share : new double[] {0.05, 0.5, 0.95}) {
      long count =
          IntStream.range(0, 2000)
              .filter(i -> heldOut(Optional.of(share)).isHeldOut(question(i)))
              .count();
      assertThat(count / 2000.0).isBetween(share - 0.03, share + 0.03);
    }
    assertThat(IntStream.range(0, 100).filter(i -> heldOut(ALL).isHeldOut(question(i)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.5, -0.5, Double.NaN})
  void aLimitIsAShareOrACount(double limit) {
    Optional<Double> found = Optional.of(limit);
    String rule = " must be a share between 0 and 1 or a whole number of questions, found " + limit;
    assertThatThrownBy(() -> new SplitLimits(found, ALL, ALL)).hasMessage("train" + rule);
    assertThatThrownBy(() -> new SplitLimits(ALL, found, ALL)).hasMessage("validation" + rule);
    assertThatThrownBy(() -> new SplitLimits(ALL, ALL, found)).hasMessage("test" + rule);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 50, 1",
    "7, 50, 7",
    "50, 50, 50",
    "51, 50, 50",
    "0.5, 50, 25",
    "0.99, 50, 50",
    "0.001, 50, 1",
    "0.5, 3, 2"
  })
  void aLimitLeavesTheFirstQuestionsAndAtLeastOne(double limit, int size, int left) {
    assertThatCode(() -> new SplitLimits(Optional.of(limit), ALL, ALL)).doesNotThrowAnyException();
    assertThat(SplitLimits.apply(Optional.of(limit), size)).isEqualTo(left);
    assertThat(SplitLimits.apply(ALL, size)).isEqualTo(size);
  }

  @Test
  void aDemoNeedsAQuestionForEachSplitAndSharesThatAreShares() {
    assertThatCode(() -> new DemoSettings(10, 1, 0, 0)).doesNotThrowAnyException();
    assertThatCode(() -> new DemoSettings(10, 1, 1, 0)).doesNotThrowAnyException();
    assertThat(DemoSettings.of(12, 3)).isEqualTo(new DemoSettings(12, 3, 0.6, 0.6));
    assertThatThrownBy(() -> new DemoSettings(9, 1, 0.5, 0.5))
        .hasMessage("questions must be at least 10, found 9");
    assertThatThrownBy(() -> new DemoSettings(10, 1, -0.01, 0.5))
        .hasMessage("pictureShare must be from 0 to 1, found -0.01");
    assertThatThrownBy(() -> new DemoSettings(10, 1, 1.01, 0.5))
        .hasMessage("pictureShare must be from 0 to 1, found 1.01");
    assertThatThrownBy(() -> new DemoSettings(10, 1, 0.5, -0.01))
        .hasMessage("noise must not be negative, found -0.01");
  }
}
