package dev.fusebox.results.report;

import static dev.fusebox.results.report.TestReports.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.result.Repeat;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What stands in the table where there are draws, and where there are none. */
class VarianceTableTest {

  private static final List<Question> TEST =
      IntStream.range(0, 100)
          .mapToObj(
              i -> new Question("q" + i, "?", List.of("a", "b"), 0, "", false, "", "", "", "", ""))
          .toList();

  private final List<ReportedRun> runs = new ArrayList<>();

  /** A run that answers so many of the 100 questions rightly. */
  private void run(String variant, long draw, long seed, int right) {
    List<Prediction> answers =
        IntStream.range(0, TEST.size())
            .mapToObj(i -> new Prediction("q" + i, answer(i < right), answer(true)))
            .toList();
    runs.add(
        TestReports.run(
            variant, new Repeat(draw, seed), "generated, greedy", answers, TestedAnswers.NONE));
  }

  private static String answer(boolean right) {
    return "The answer is (" + (right ? "A" : "B") + ").";
  }

  private Optional<Table> table() {
    return VarianceTable.of(TestReports.report("demo", TEST, runs.toArray(ReportedRun[]::new)));
  }

  @Test
  void drawsHaveTwoRowsBetweenVariantAndSeed() {
    run("text", 1, 1, 47);
    run("text", 1, 2, 49);
    run("text", 4, 1, 55);
    run("text", 4, 2, 57);
    run("gated", 4, 1, 61); // draws go by their number
    run("gated", 4, 2, 63);
    run("gated", 1, 1, 57);
    run("gated", 1, 2, 59);
    Table table = table().orElseThrow();
    assertThat(table.context())
        .containsExactly(
            "accuracy in points", "demo", "2 variants", "2 seeds x 2 draws", "100 test questions");
    // as in VariancePartsTest: 30, 16, 3 and 2 of 75.6 squared points
    assertThat(rows(table))
        .containsExactly(
            List.of("variant", "5.48", "39.7"),
            List.of("draw of training questions, for all variants alike", "4.00", "21.2"),
            List.of("draw of training questions, for one variant more than another", "1.73", "4.0"),
            List.of("seed", "1.41", "2.6"),
            List.of("draw of test questions", "4.96", "32.6"));
    assertThat(table.notes()).singleElement().asString().contains("crossed random model");
  }

  @Test
  void oneSeedOnEachDrawIsARowWithIt() {
    for (String variant : List.of("text", "gated")) {
      run(variant, 1, 1, 48);
      run(variant, 2, 1, 52);
    }
    Table table = table().orElseThrow();
    assertThat(table.context()).contains("1 seed x 2 draws");
    assertThat(rows(table))
        .extracting(row -> row.get(0))
        .containsExactly(
            "variant",
            "draw of training questions, for all variants alike",
            "draw and seed, for one variant more than another",
            "draw of test questions");
    assertThat(table.notes())
        .contains("draw and seed: one seed on each draw cannot tell the two apart");
  }

  @Test
  void withoutDrawsTheTableIsAsItWas() {
    for (String variant : List.of("text", "gated")) {
      run(variant, 0, 1, 48);
      run(variant, 0, 2, 52);
    }
    Table table = table().orElseThrow();
    assertThat(table.context()).contains("2 seeds");
    assertThat(rows(table))
        .extracting(row -> row.get(0))
        .containsExactly("variant", "seed", "draw of test questions");
    assertThat(table.notes())
        .containsExactly(
            "variant and seed: components of a one-way random model (Searle et al. 1992); draw: sampling as many questions, the same for all variants, which paired tests cancel out");
  }

  @Test
  void drawsThatNotAllVariantsHaveTellNothing() {
    run("text", 1, 1, 48);
    run("text", 1, 2, 52);
    run("gated", 2, 1, 58);
    run("gated", 2, 2, 62);
    assertThat(table()).isEmpty();
  }
}
