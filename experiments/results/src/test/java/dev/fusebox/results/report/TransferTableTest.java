package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Table;
import dev.fusebox.training.task.TransferredAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransferTableTest {

  /** 200 questions of four options on stars, 100 of two on rocks; B is right in every third. */
  private static List<TransferredAnswer> answers(String set, int rightOfFour, int rightOfTwo) {
    List<TransferredAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean stars = i < 200;
      int options = stars ? 4 : 2;
      int right = i % 3 == 0 ? 1 : i % options == 1 ? 0 : i % options;
      boolean knows = stars ? i < rightOfFour : i - 200 < rightOfTwo;
      answers.add(
          new TransferredAnswer(
              set,
              set + i,
              List.of(stars ? "stars" : "rocks"),
              knows ? right : -1,
              right,
              options));
    }
    return answers;
  }

  private static ReportedRun run(String variant, long seed, List<TransferredAnswer> answers) {
    return TestReports.run(
        variant,
        seed,
        "generated, greedy",
        List.of(),
        new TestedAnswers(List.of(), List.of(), List.of(), answers));
  }

  private static Optional<Table> table(ReportedRun... runs) {
    return TransferTable.of(TestReports.report("demo", List.of(), runs));
  }

  private static List<String> texts(List<Cell> row) {
    return row.stream().map(Cell::text).toList();
  }

  @Test
  void eachSetStandsAgainstChanceAndOneLetterByItsSubjects() {
    Table table =
        table(
                run("knows", 1, answers("quiz", 120, 90)),
                run("knows", 2, answers("quiz", 140, 90)),
                run("guesses", 1, answers("quiz", 50, 30)))
            .orElseThrow();
    assertThat(table.sections()).hasSize(1);
    assertThat(table.context())
        .containsExactly("accuracy % ↑ [95% CI]", "learnt from demo", "2 seeds or 1 seed");
    assertThat(table.sections().get(0).stream().map(TransferTableTest::texts))
        .containsExactly(
            List.of(
                "quiz",
                "300",
                "33.3",
                "44.7 A",
                "73.3 [68.1, 78.0]",
                "above",
                "26.7 [22.0, 31.9]",
                "below"),
            List.of(
                "  stars",
                "200",
                "25.0",
                "33.5 A",
                "65.0 [58.2, 71.3]",
                "above",
                "25.0 [19.5, 31.4]",
                ""),
            List.of(
                "  rocks",
                "100",
                "50.0",
                "67.0 A",
                "90.0 [82.6, 94.5]",
                "above",
                "30.0 [21.9, 39.6]",
                "below"));
  }

  @Test
  void aVariantThatWasAskedLessLeavesItsPlaceEmpty() {
    List<TransferredAnswer> both = new ArrayList<>(answers("quiz", 200, 100));
    both.addAll(answers("exam", 0, 0));
    Table table = table(run("one", 1, answers("quiz", 0, 0)), run("two", 1, both)).orElseThrow();
    assertThat(texts(table.sections().get(1).get(0)).subList(0, 6))
        .containsExactly("exam", "300", "33.3", "44.7 A", "not asked", "");
  }

  @Test
  void aRunThatWasAskedNoOtherDataHasNoTable() {
    assertThat(table(run("text", 1, List.of()))).isEmpty();
  }
}
