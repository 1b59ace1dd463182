package dev.fusebox.results.fusing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.training.task.CrossedAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Models whose truth is known, of a text and a picture that hold one bit each. */
class FusingScoresTest {

  /** The logit of option 1 less that of option 0. */
  private interface Model {
    double of(int text, int picture);
  }

  /** The right option of a question. */
  private interface Truth {
    int of(int text, int picture);
  }

  /** All four questions of two bits, each so many times. */
  private static CrossedAnswers crossed(Model model, Truth truth, int times) {
    List<CrossedAnswer> answers = new ArrayList<>();
    int n = 4 * times;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double one = 1 / (1 + Math.exp(-model.of(i & 1, (j >> 1) & 1)));
        answers.add(
            new CrossedAnswer(
                "q" + i, "q" + j, List.of(1 - one, one), truth.of(i & 1, (i >> 1) & 1)));
      }
    }
    return CrossedAnswers.of(answers);
  }

  private static void values(
      CrossedAnswers crossed,
      double accuracy,
      double additive,
      double pictureScore,
      double textScore,
      double picture,
      double text,
      double cooperation,
      double interShap) {
    FusingScores scores = FusingScores.of(List.of(crossed));
    double[] expected = {
      accuracy,
      additive,
      accuracy - additive,
      pictureScore,
      textScore,
      picture,
      text,
      cooperation,
      interShap
    };
    int at = 0;
    for (FusingMetric metric : FusingMetric.values()) {
      assertThat(scores.value(metric))
          .as(metric.heading())
          .isCloseTo(expected[at++], within(1e-12));
    }
  }

  @Test
  void anExclusiveOrIsInteractionAndNothingElse() {
    values(
        crossed((t, v) -> t == v ? -4 : 4, (t, v) -> t ^ v, 2),
        1,
        0.5, // the best sum knows nothing, and each of two options that are equal counts half
        0.5,
        0.5,
        0.25,
        0.25,
        0.5,
        1);
  }

  @Test
  void oneModalityAloneIsNoInteraction() {
    values(crossed((t, v) -> 6 * t - 3, (t, v) -> t, 2), 1, 1, 0, 0.5, 0, 0.5, 0, 0);
    values(crossed((t, v) -> 6 * v - 3, (t, v) -> v, 2), 1, 1, 0.5, 0, 0.5, 0, 0, 0);
  }

  /** Both bits are needed, but a sum of them does: nothing is lost by EMAP. */
  @Test
  void aSumOfBothNeedsNoInteraction() {
    CrossedAnswers sum = crossed((t, v) -> 4 * t + 4 * v - 6, (t, v) -> t & v, 1);
    FusingScores scores = FusingScores.of(List.of(sum));
    assertThat(scores.value(FusingMetric.ACCURACY)).isEqualTo(1);
    assertThat(scores.value(FusingMetric.ADDITIVE)).isEqualTo(1);
    assertThat(scores.value(FusingMetric.INTERACTION)).isZero();
    // 0 0: right beside any picture; 1 0 and 1 1: beside one of the two
    assertThat(scores.value(FusingMetric.PICTURE_SCORE)).isCloseTo(0.25, within(1e-12));
    assertThat(scores.value(FusingMetric.PICTURE_SCORE))
        .isEqualTo(scores.value(FusingMetric.TEXT_SCORE));
  }

  /** Option 1 gains as much by each bit, whatever the other is: nothing interacts. */
  @Test
  void aSumInProbabilitiesHasNoInteraction() {
    Model sum =
        (t, v) -> {
          double one = 0.1 + 0.35 * t + 0.35 * v;
          return Math.log(one / (1 - one));
        };
    // by accuracy: both 1; one alone 3/4, as 0 is then always right and 1 half of the time; none
    // 5/8
    double cooperation = 1 - 0.75 - 0.75 + 0.625;
    values(crossed(sum, (t, v) -> t & v, 2), 1, 1, 0.25, 0.25, 0.1875, 0.1875, cooperation, 0);
    Model weighted =
        (t, v) -> {
          double one = 0.2 + 0.1 * t + 0.5 * v;
          return Math.log(one / (1 - one));
        };
    // the text moves the probability, and never the answer
    values(crossed(weighted, (t, v) -> v, 2), 1, 1, 0.5, 0, 0.5, 0, 0, 0);
  }

  @Test
  void aModelThatAlwaysSaysTheSameOwesNothingToEither() {
    FusingScores scores = FusingScores.of(List.of(crossed((t, v) -> 2, (t, v) -> t ^ v, 1)));
    assertThat(scores.value(FusingMetric.ACCURACY)).isEqualTo(0.5);
    assertThat(scores.value(FusingMetric.ADDITIVE)).isEqualTo(0.5);
    assertThat(scores.value(FusingMetric.PICTURE_SCORE)).isZero();
    assertThat(scores.value(FusingMetric.COOPERATION)).isZero();
    assertThat(scores.value(FusingMetric.INTER_SHAP)).isNaN();
    assertThat(scores.intervals().get(FusingMetric.INTER_SHAP)).isEmpty();
  }

  /** Shapley values divide what both together are worth; whatever the model. */
  @Test
  void sharesAddUp() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[][] logits = {
        {random.nextGaussian(), random.nextGaussian()},
        {random.nextGaussian(), random.nextGaussian()}
      };
      FusingFigures mean =
          FusingFigures.mean(
              crossed((t, v) -> logits[t][v], (t, v) -> random.nextInt(2), 3).questions());
      assertThat(FusingMetric.PICTURE_SHARE.of(mean) + FusingMetric.TEXT_SHARE.of(mean))
          .isCloseTo(mean.mark() - mean.anyMark(), within(1e-12));
    }
  }

  /** The projection itself, not only the marks it gives: least squares by hand. */
  @Test
  void whatASumCannotSayIsLost() {
    // options 0 1 2; text 0 and 1, pictures 0 and 1, logits such that the sum's choice is another
    double[][][] p = {
      {{0.6, 0.3, 0.1}, {0.1, 0.8, 0.1}},
      {{0.1, 0.8, 0.1}, {0.2, 0.3, 0.5}}
    };
    List<CrossedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        answers.add(
            new CrossedAnswer(
                "q" + i, "q" + j, List.of(p[i][j][0], p[i][j][1], p[i][j][2]), i == 0 ? 0 : 2));
      }
    }
    double[] sum = new double[3];
    for (int k = 0; k < 3; k++) {
      double a = Math.log(p[0][0][k]);
      double b = Math.log(p[0][1][k]);
      double c = Math.log(p[1][0][k]);
      double d = Math.log(p[1][1][k]);
      sum[k] = (a + b) / 2 + (a + c) / 2 - (a + b + c + d) / 4;
    }
    assertThat(sum[1]).isGreaterThan(sum[0]).isGreaterThan(sum[2]);
    assertThat(CrossedAnswers.of(answers).questions().get(0).mark()).isEqualTo(1);
    assertThat(CrossedAnswers.of(answers).questions().get(0).additive()).isZero();
  }

  @Test
  void questionsAreCrossedWithThoseThatHaveAsManyOptions() {
    List<CrossedAnswer> answers =
        List.of(
            new CrossedAnswer("a", "a", List.of(0.9, 0.1), 0),
            new CrossedAnswer("b", "b", List.of(0.5, 0.3, 0.2), 1));
    assertThat(CrossedAnswers.of(answers).questions())
        .extracting(FusingFigures::mark)
        .containsExactly(1.0, 0.0);
    assertThatThrownBy(
            () ->
                CrossedAnswers.of(
                    List.of(
                        new CrossedAnswer("a", "a", List.of(0.9, 0.1), 0),
                        new CrossedAnswer("b", "b", List.of(0.9, 0.1), 0))))
        .hasMessage(
            "question a must be answered beside the picture of every question with as many options, found none of b");
  }

  @Test
  void intervalsHoldTheirValuesAndNarrow() {
    Truth often = (t, v) -> v; // the text says it in half of the questions
    FusingScores few = FusingScores.of(List.of(crossed((t, v) -> 6 * t - 3, often, 4)));
    FusingScores many = FusingScores.of(List.of(crossed((t, v) -> 6 * t - 3, often, 16)));
    Interval wide = few.intervals().get(FusingMetric.ACCURACY).orElseThrow();
    Interval narrow = many.intervals().get(FusingMetric.ACCURACY).orElseThrow();
    assertThat(wide.contains(0.5)).isTrue();
    assertThat(narrow.contains(0.5)).isTrue();
    assertThat((wide.high() - wide.low()) / (narrow.high() - narrow.low())).isBetween(1.6, 2.4);
  }
}
