package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
        new SplitLimits(ALL, ALL, ALL),
        Optional.empty());
  }

  private static DataSettings draw(long number, Optional<Double> train) {
    return new DataSettings(
        Optional.empty(),
        DemoSettings.of(10, 1),
        new SplitNames("train", "val", "test"),
        Optional.empty(),
        new SplitLimits(train, ALL, ALL),
        Optional.of(number));
  }

  private static List<String> drawn(long number, double limit, List<Question> from) {
    return draw(number, Optional.of(limit)).drawn(from).stream().map(Question::id).toList();
  }

  private static List<Question> questions(int count) {
    return IntStream.range(0, count).mapToObj(DataSettingsTest::question).toList();
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

  /** Ids from another implementation of SplitMix64, so that no Java draws others. */
  @Test
  void aDrawIsTheSameEverywhere() {
    assertThat(drawn(1, 5, questions(20))).containsExactly("q2", "q5", "q7", "q10", "q18");
    assertThat(drawn(2, 5, questions(20))).containsExactly("q0", "q4", "q5", "q12", "q14");
  }

  @Test
  void aDrawKeepsTheOrderOfTheSplitAndDependsOnNoOther() {
    List<Question> split = questions(500);
    List<Question> reversed = new ArrayList<>(split);
    Collections.reverse(reversed);
    List<String> ids = drawn(3, 0.4, split);
    assertThat(ids).hasSize(200).doesNotHaveDuplicates();
    assertThat(ids).isEqualTo(split.stream().map(Question::id).filter(ids::contains).toList());
    List<String> back = new ArrayList<>(drawn(3, 0.4, reversed));
    Collections.reverse(back);
    assertThat(back).isEqualTo(ids);
  }

  @Test
  void aSmallerLimitDrawsAPartOfALargerOnes() {
    List<Question> split = questions(500);
    assertThat(drawn(7, 0.8, split)).containsAll(drawn(7, 0.5, split));
    assertThat(drawn(7, 0.5, split)).containsAll(drawn(7, 3, split));
  }

  /** Of 2,000 questions two draws of half share half of theirs; so do a draw and a validation. */
  @Test
  void drawsAreIndependentOfOneAnotherAndOfWhatIsHeldOut() {
    List<Question> split = questions(2000);
    DataSettings held = heldOut(Optional.of(0.5));
    for (long number = 1; number <= 20; number++) {
      List<String> one = drawn(number, 0.5, split);
      Set<String> next = Set.copyOf(drawn(number + 1, 0.5, split));
      assertThat(one.stream().filter(next::contains).count()).isBetween(420L, 580L);
      assertThat(draw(number, Optional.of(0.5)).drawn(split).stream().filter(held::isHeldOut))
          .hasSizeBetween(420, 580);
    }
  }

  @Test
  void everyQuestionIsDrawnAsOftenAsAnother() {
    List<Question> split = questions(40);
    Map<String, Long> times =
        LongStream.rangeClosed(1, 2000)
            .boxed()
            .flatMap(number -> drawn(number, 0.5, split).stream())
            .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    assertThat(times).hasSize(40).allSatisfy((id, n) -> assertThat(n).isBetween(880L, 1120L));
  }

  @Test
  void aDrawHasANumberFromOneOnAndALimit() {
    assertThatThrownBy(() -> draw(0, Optional.of(0.5)))
        .hasMessage("draw must be at least 1, found 0");
    assertThatThrownBy(() -> draw(2, ALL))
        .hasMessage(
            "draw needs limits.train, without which a draw is all questions, found draw = 2 alone;"
                + " for example limits.train = 0.8");
  }

  @ParameterizedTest
  @CsvSource({"50, 50", "51, 51", "0.995, 0.995"})
  void aDrawOfAllQuestionsIsRefused(double limit, String written) {
    assertThatThrownBy(() -> drawn(1, limit, questions(50)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "data.limits.train = %s: there are 50 training questions, so that every draw would be all of them; for example data.limits.train = 0.8"
                .formatted(written));
    assertThat(drawn(1, 49, questions(50))).hasSize(49);
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
