package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.TestedRuns.RANKED;
import static dev.fusebox.lab.ablation.TestedRuns.TWO_STAGES;
import static dev.fusebox.lab.ablation.TestedRuns.tested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.work.CrossedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts asked beside the pictures of other questions. */
class CrossedQuestionsTest {

  @TempDir Path folder;
  private TestedRuns runs;

  @BeforeEach
  void wire() throws IOException {
    runs = TestedRuns.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {RANKED, TWO_STAGES})
  void eachTextIsAskedBesideEachPictureAndBesideItsOwnAsAlways(String config) throws IOException {
    List<CrossedAnswer> crossed = crossed(config);
    Map<String, OptionProbabilities> plain = runs.plain(runs.plan(config + "test.crossed = 6"));
    Map<String, List<CrossedAnswer>> byText =
        crossed.stream().collect(Collectors.groupingBy(CrossedAnswer::text));
    assertThat(byText).hasSizeBetween(2, 6);
    boolean looks = false;
    for (Map.Entry<String, List<CrossedAnswer>> text : byText.entrySet()) {
      OptionProbabilities own = plain.get(text.getKey());
      for (CrossedAnswer answer : text.getValue()) {
        assertThat(answer.right()).isEqualTo(own.right());
        boolean same = answer.picture().equals(answer.text());
        for (int k = 0; k < own.probabilities().size(); k++) {
          double less = answer.probabilities().get(k) - own.probabilities().get(k);
          if (same) {
            assertThat(less).isCloseTo(0, within(1e-5));
          }
          looks |= !same && Math.abs(less) > 1e-4;
        }
      }
    }
    assertThat(looks || config.equals(TWO_STAGES)) // whose few steps may write the same for all
        .as("another picture gives another answer")
        .isTrue();
  }

  /** A stage that writes its answers ranks them here: the same as one that always does. */
  @Test
  void whereAnswersAreWrittenTheOptionsAreRankedForIt() throws IOException {
    String letters = RANKED.replace("QCM-T", "QCM-A");
    assertThat(crossed(letters.replace("mode = ranked", "mode = generated")))
        .isEqualTo(crossed(letters))
        .isNotEmpty();
  }

  private List<CrossedAnswer> crossed(String config) throws IOException {
    RunPlan plan = runs.plan(config + "test.crossed = 6");
    runs.run(plan);
    return CrossedFile.read(
        runs.result(tested(plan).get(tested(plan).size() - 1)).resolve(CrossedFile.NAME));
  }

  @Test
  void crossingNeedsAnAnswerAlone() {
    assertThatThrownBy(
            () ->
                runs.plan(
                    RANKED.replace("QCM-T", "QCM-LA").replace("mode = ranked", "mode = generated")
                        + "test.crossed = 6"))
        .hasMessageContaining(
            "test.crossed = 6  must be 0 unless the last stage answers alone, so that its options can"
                + " be ranked (a format with the output A or T), found QCM-LA");
    assertThatThrownBy(() -> runs.plan(RANKED + "test.change = [no-hints]"))
        .hasMessageContaining("no-hints")
        .hasMessageContaining("no-hint, ");
  }
}
