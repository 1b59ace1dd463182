package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.results.score.Power;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannedPowerTest {

  private static final Map.Entry<String, String> GATED = Map.entry("gated", "text");
  private static final Map.Entry<String, String> CONCAT = Map.entry("concat", "text");

  private static PairPower found(double deviation) {
    return new PairPower("gated", "text", new Power(deviation, 100));
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
    assertThat(PlannedPower.lines(List.of(GATED, CONCAT), List.of(found(0.25)), 600))
        .containsExactly(
            "power: 600 questions can detect 2.9 points between gated and text (80 % power, with the seeds trained so far)",
            "power: 600 questions can detect 5.7 points (80 % power; assumed: one question in 4 is right for only one of the two; more seeds add no questions): concat and text");
  }

  @Test
  void equalAnswersTellNothing() {
    assertThat(PlannedPower.lines(List.of(GATED), List.of(found(0)), 600))
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
    List<PairPower> known = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      pairs.add(Map.entry("v" + i, "text"));
      known.add(new PairPower("v" + i, "text", new Power(i / 10.0, 100)));
    }
    assertThat(PlannedPower.lines(pairs, known, 600))
        .containsExactly(
            "power: 600 questions can detect 1.1 points in the best of 5 comparisons and can detect 5.7 points in the worst (80 % power, with the seeds trained so far)");
  }
}
