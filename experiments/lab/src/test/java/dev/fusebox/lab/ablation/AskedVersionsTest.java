package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.TestedRuns.RANKED;
import static dev.fusebox.lab.ablation.TestedRuns.TWO_STAGES;
import static dev.fusebox.lab.ablation.TestedRuns.tested;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.VersionAnswer;
import dev.fusebox.training.work.OptionsFile;
import dev.fusebox.training.work.SampledFile;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.VersionsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions asked in every order of their options, and answered from several rationales. */
class AskedVersionsTest {

  @TempDir Path folder;
  private TestedRuns runs;

  @BeforeEach
  void wire() throws IOException {
    runs = TestedRuns.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {RANKED, TWO_STAGES})
  void questionsAreAskedInEveryOrderTheFirstOfWhichIsTheirOwn(String config) throws IOException {
    RunPlan plan = runs.plan(config + "test.every = [order, sentence]");
    runs.run(plan);
    Map<String, OptionProbabilities> plain = runs.plain(plan);
    assertThat(tested(plan))
        .extracting(Stage::title)
        .containsExactlyElementsOf(
            config.equals(RANKED)
                ? List.of("answer, tested by every order")
                : List.of(
                    "rationale, tested by every order",
                    "answer, tested by every order",
                    "answer, tested by every sentence"));
    Stage orders = tested(plan).get(config.equals(RANKED) ? 0 : 1);
    Map<String, List<VersionAnswer>> byQuestion =
        VersionsFile.read(runs.result(orders).resolve(VersionsFile.NAME)).stream()
            .collect(Collectors.groupingBy(VersionAnswer::id));
    assertThat(byQuestion).isNotEmpty();
    byQuestion.forEach(
        (id, answers) -> {
          List<Double> own = plain.get(id).probabilities();
          int best = own.indexOf(own.stream().max(Double::compare).orElseThrow());
          assertThat(answers).hasSize(List.of(0, 1, 2, 6, 24).get(own.size()));
          assertThat(answers.get(0).option()).isEqualTo(best);
        });
  }

  @Test
  void drawnRationalesAreAnsweredOneByOne() throws IOException {
    RunPlan plan = runs.plan(TWO_STAGES + "test { samples = 2, sampling.temperature = 2 }");
    assertThat(tested(plan)).hasSize(4);
    runs.run(plan);
    List<String> texts = new ArrayList<>();
    for (Stage stage : tested(plan)) {
      Path folder = runs.result(stage);
      assertThat(Files.readString(folder.resolve("stage.json")))
          .containsPattern("\"sample\" ?: ?[12]");
      if (stage.part().equals("rationale")) {
        texts.add(Files.readString(folder.resolve(PredictionFile.NAME)));
      } else {
        assertThat(SampledFile.read(folder.resolve(SampledFile.NAME)))
            .hasSameSizeAs(OptionsFile.read(folder.resolve(OptionsFile.NAME)))
            .allMatch(answer -> answer.probabilities().get(answer.option()) > 0.2);
      }
    }
    assertThat(texts).doesNotHaveDuplicates();
  }
}
