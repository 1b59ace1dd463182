package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.ComputedOn;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Cell;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.SampledAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsistencyTableTest {

  private static final List<Question> QUESTIONS =
      IntStream.range(0, 4)
          .mapToObj(
              i -> new Question("q" + i, "?", List.of("a", "b"), 0, "", false, "", "", "", "", ""))
          .toList();

  /** The first sample is wrong in two questions, the others in another one each. */
  private static Report report() {
    return report(List.of());
  }

  private static Report report(List<StageRecord> stages) {
    int[][] options = {{1, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    List<SampledAnswer> sampled = new ArrayList<>();
    for (int sample = 0; sample < 3; sample++) {
      for (int i = 0; i < 4; i++) {
        int option = options[sample][i];
        double sure = sample == 0 ? 0.9 : 0.7;
        List<Double> probabilities =
            option == 0 ? List.of(sure, 1 - sure) : List.of(1 - sure, sure);
        sampled.add(new SampledAnswer(sample + 1, "q" + i, option, probabilities));
      }
    }
    ReportedRun told =
        TestReports.run(
            "two", Repeat.of(1), "", List.of(), new TestedAnswers(List.of(), List.of(), sampled));
    ReportedRun run = staged(told, stages);
    return new Report(
        "name",
        "",
        "test",
        List.of(),
        QUESTIONS,
        List.of(),
        List.of(run),
        Map.of(),
        List.of(),
        "",
        "",
        InlinePictures.NONE);
  }

  private static ReportedRun staged(ReportedRun run, List<StageRecord> stages) {
    return new ReportedRun(
        run.result(),
        run.fusion(),
        run.config(),
        run.facts(),
        stages,
        run.rationales(),
        run.options(),
        run.metrics(),
        run.attention(),
        run.tested());
  }

  private static StageRecord stage(String part, StageRole role, int sample, double seconds) {
    Map<String, Number> figures = sample == 0 ? Map.of() : Map.of("sample", sample);
    return new StageRecord(part, role, part + sample, seconds, ComputedOn.UNKNOWN, "", figures);
  }

  /**
   * Each sample's rationale takes ten seconds and its answer one; what is beside does not count.
   */
  private static final List<StageRecord> STAGES =
      List.of(
          stage("rationale", StageRole.TRAINING, 0, 999),
          stage("answer", StageRole.TESTING, 0, 500),
          stage("rationale", StageRole.TESTING, 1, 10),
          stage("answer", StageRole.TESTING, 1, 1),
          stage("rationale", StageRole.TESTING, 2, 10),
          stage("answer", StageRole.TESTING, 2, 1),
          stage("rationale", StageRole.TESTING, 3, 10),
          stage("answer", StageRole.TESTING, 3, 1));

  @Test
  void whatTheFirstSamplesTookStandsBeside() {
    List<List<Cell>> rows = ConsistencyTable.of(report(STAGES)).orElseThrow().sections().get(0);
    assertThat(rows).extracting(row -> row.get(5).text()).containsExactly("11.0", "22.0", "33.0");
    assertThat(ConsistencyTable.of(report()).orElseThrow().sections().get(0))
        .extracting(row -> row.get(5).text())
        .containsOnly("");
  }

  @Test
  void aCurveOfThemIsDrawn() {
    JsonNode curves =
        ReportJson.of(answered(report(STAGES)), Optional.empty(), List.of()).path("consistency");
    assertThat(curves).hasSize(1);
    assertThat(curves.path(0).path("variant").asText()).isEqualTo("two");
    JsonNode last = curves.path(0).path("points").path(2);
    assertThat(last.path("k").asInt()).isEqualTo(3);
    assertThat(last.path("seconds").asDouble()).isEqualTo(33);
    assertThat(last.path("summed").path(0).asDouble()).isEqualTo(100);
    assertThat(last.path("vote"))
        .extracting(each -> Math.round(each.asDouble()))
        .containsExactly(100L, 51L, 100L);
  }

  /** A page marks the answers to the questions as they are, too. */
  private static Report answered(Report report) {
    ReportedRun run = report.runs().get(0);
    List<Prediction> answers =
        QUESTIONS.stream()
            .map(each -> new Prediction(each.id(), "The answer is (A).", ""))
            .toList();
    ReportedRun all =
        new ReportedRun(
            new RunResult.Finished("two", Repeat.of(1), "", answers),
            run.fusion(),
            run.config(),
            run.facts(),
            run.stages(),
            run.rationales(),
            run.options(),
            run.metrics(),
            run.attention(),
            run.tested());
    return TestReports.report("test", QUESTIONS, all);
  }

  @Test
  void accuracyIsOverTheFirstSamples() {
    List<List<Cell>> rows = ConsistencyTable.of(report()).orElseThrow().sections().get(0);
    assertThat(rows).extracting(row -> row.get(1).text()).containsExactly("1", "2", "3");
    assertThat(rows).extracting(row -> row.get(2).order()).containsExactly(50.0, 50.0, 100.0);
    // the sum follows who is surer: q0 and q1 to the first sample's wrong option at k = 2
    assertThat(rows).extracting(row -> row.get(3).order()).containsExactly(50.0, 50.0, 100.0);
    assertThat(rows).extracting(row -> row.get(4).text()).containsExactly("4", "8", "12");
  }
}
