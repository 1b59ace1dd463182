package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedPowerTest {

  private static final Map.Entry<String, String> GATED = Map.entry("gated", "text");
  private static final Map.Entry<String, String> CONCAT = Map.entry("concat", "text");

  private static VariantComparison found(double deviation, String among) {
    Power power = new Power(deviation, 100);
    return new VariantComparison("gated", "text", among, 1, new Interval(0, 2), 0.3, power, 0.3);
  }

  /** (1.959964 + 0.841621) · 0.5 / √600 = 5.7 points. */
  @Test
  void withoutAnswersTheAssumptionIsStated() {
    assertThat(PlannedPower.lines(List.of(GATED, CONCAT), List.of(), 600))
        .containsExactly(
            "power: 600 questions can detect 5.7 points (80 % power; assumed: one question in 4 is right for only one of the two; more seeds add no questions): gated and text, concat and text");
  }

  /** (1.959964 + 0.841621) · 0.25 / √600 = 2.9 points: the spread of then, the questions of now. */
  @Test
  void answersThatAreThereTellHowMuchVariantsDiffer() {
    assertThat(PlannedPower.lines(List.of(GATED, CONCAT), List.of(found(0.25, "")), 600))
        .containsExactly(
            "power: 600 questions can detect 2.9 points between gated and text (80 % power, with the seeds trained so far)",
            "power: 600 questions can detect 5.7 points (80 % power; assumed: one question in 4 is right for only one of the two; more seeds add no questions): concat and text");
  }

  @Test
  void equalAnswersAndThoseOfACategoryTellNothing() {
    assertThat(PlannedPower.lines(List.of(GATED), List.of(found(0, ""), found(0.25, "IMG")), 600))
        .singleElement()
        .asString()
        .contains("assumed");
  }

  @Test
  void manyPairsAreCounted() {
    List<Map.Entry<String, String>> five = List.of(GATED, GATED, GATED, GATED, GATED);
    assertThat(PlannedPower.lines(five, List.of(), 600))
        .singleElement()
        .asString()
        .endsWith(": 5 comparisons");
    assertThat(PlannedPower.lines(List.of(), List.of(), 600)).isEmpty();
  }

  /** (1.959964 + 0.841621) · 0.5 / √600 and the same with 0.1. */
  @Test
  void manyPairsThatHaveAnswersAreOneLine() {
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    List<VariantComparison> known = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      pairs.add(Map.entry("v" + i, "text"));
      Power power = new Power(i / 10.0, 100);
      known.add(new VariantComparison("v" + i, "text", "", 1, new Interval(0, 2), 0.3, power, 0.3));
    }
    assertThat(PlannedPower.lines(pairs, known, 600))
        .containsExactly(
            "power: 600 questions can detect 1.1 points in the best of 5 comparisons and can detect 5.7 points in the worst (80 % power, with the seeds trained so far)");
  }
}
