package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import dev.fusebox.results.table.Cell;
import dev.fusebox.training.task.SampledAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    ReportedRun run =
        TestedRuns.run("two", 1, "", List.of(), new TestedAnswers(List.of(), List.of(), sampled));
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
