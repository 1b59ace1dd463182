package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaCategory;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.Questions;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AblationTableTest {

  private static final List<Category> CATEGORIES = List.of(ScienceQaCategory.values());

  /** Twelve questions; the answer is (A), (B), (C) in turn; question 11 has no subject or grade. */
  private static final List<Question> TEST =
      IntStream.range(0, 12)
          .mapToObj(
              i ->
                  Questions.of(
                      Integer.toString(i),
                      i % 3,
                      i == 11 ? "" : List.of("natural science", "social science").get(i % 2),
                      i == 11 ? "" : i < 6 ? "grade2" : "grade9",
                      i % 4 == 0 ? "hint" : "",
                      i % 4 == 1))
          .toList();

  /** A plan asks for power alone. */
  @Test
  void powerIsTheSameWithoutTheComparison() {
    Ablation ablation =
        ablation(
            List.of(
                answers("text", 1, 5),
                answers("text", 2, 4),
                answers("gated", 1, 12),
                answers("gated", 2, 11)));
    AblationScores scores = new AblationScores(ablation, Grader.strict());
    assertThat(scores.powers())
        .hasSize(1)
        .isEqualTo(
            scores.comparisons().stream()
                .map(each -> new PairPower(each.variant(), each.control(), each.power()))
                .toList());
  }

  @Test
  void readsAsPeopleExpect() {
    Ablation ablation =
        ablation(
            List.of(
                answers("text", 1, 5),
                answers("text", 2, 4),
                answers("gated", 1, 12),
                answers("gated", 2, 11),
                new RunResult.Failed(
                    "concat", Repeat.of(1), "width 7 cannot be divided by 2 heads"),
                new RunResult.Failed(
                    "concat", Repeat.of(2), "width 7 cannot be divided by 2 heads")));
    assertThat(TerminalTable.render(AblationTable.of(ablation)))
        .isEqualTo(
            """
            Does the picture help?
            accuracy % ↑ · demo · 12 test questions · 2 seeds · generated, greedy

                                NAT      SOC      LAN    TXT    IMG    NO     G1-6    G7-12 │ Avg ± sd       95% CI  vs control     95% CI          paired test
              text          unknown  unknown  unknown   50.0   33.3  33.3  unknown  unknown │ 37.5 ± 5.9  16.5–64.6
              gated         unknown  unknown  unknown  100.0  100.0  91.7  unknown  unknown │ 95.8 ± 5.9  69.9–99.6  +58.3 vs text  [+33.3, +83.3]  p = .008
              concat                                                                        │ failed
                                                                                            │
              majority (A)  unknown  unknown  unknown   33.3   33.3  33.3  unknown  unknown │ 33.3
              chance        unknown  unknown  unknown   33.3   33.3  33.3  unknown  unknown │ 33.3
              n                   6        5        0      3      3     6        6        5 │ 12
              unknown             1        1        1      0      0     0        1        1 │

              ✗ concat seed 1 failed: width 7 cannot be divided by 2 heads
              ✗ concat seed 2 failed: width 7 cannot be divided by 2 heads
              unknown: number of questions whose subject or grade the data does not give; these categories have no score
              p: exact paired test over the questions, Holm over 1 comparison
            """);
  }

  /** All but the question of which neither is known. */
  @Test
  void whereSubjectsAndGradesAreKnownTheirCategoriesHaveScores() {
    List<RunResult> runs = new ArrayList<>();
    for (RunResult.Finished run : List.of(answers("text", 1, 5), answers("text", 2, 4))) {
      runs.add(
          new RunResult.Finished(
              "text", run.repeat(), run.decoding(), run.predictions().subList(0, 11)));
    }
    List<Question> known = TEST.subList(0, 11);
    Table table =
        AblationTable.of(
            new Ablation("?", "demo", known, known, CATEGORIES, runs, Map.of(), List.of()));
    assertThat(table.sections().get(0).get(0).subList(1, 9))
        .extracting(Cell::text)
        .containsExactly("41.7", "40.0", "-", "50.0", "33.3", "40.0", "75.0", "0.0");
    assertThat(TerminalTable.render(table)).doesNotContain("unknown");
  }

  @Test
  void whatDiffersBetweenRowsStandsInTheRow() {
    RunResult.Finished text = answers("text", 1, 5);
    Ablation ablation =
        ablation(
            List.of(
                new RunResult.Finished("text", Repeat.of(1), "teacher-forced", text.predictions()),
                answers("gated", 1, 12),
                answers("gated", 2, 12)));
    String rendered = TerminalTable.render(AblationTable.of(ablation));
    assertThat(rendered)
        .contains("text, 1 seed, teacher-forced")
        .contains("gated, 2 seeds, generated, greedy");
  }

  @Test
  void answersThatNameNoOptionAreCounted() {
    List<Prediction> silent =
        TEST.stream().map(question -> new Prediction(question.id(), "", "")).toList();
    Ablation ablation =
        ablation(
            List.of(new RunResult.Finished("text", Repeat.of(1), "generated, greedy", silent)));
    assertThat(AblationTable.of(ablation).notes()).contains("text: 12 answers named no option");
  }

  @Test
  void aRunThatLeavesQuestionsOutIsAnError() {
    List<Prediction> few = answers("text", 1, 5).predictions().subList(0, 3);
    Ablation ablation =
        ablation(List.of(new RunResult.Finished("text", Repeat.of(1), "generated, greedy", few)));
    assertThatThrownBy(() -> AblationTable.of(ablation))
        .hasMessage("text seed 1 answers 3 of 12 test questions");
  }

  /** Of the three with a picture, gated has all and text one: two differences, both of one sign. */
  @Test
  void variantsAreComparedAmongACategoryAndAgainstTheMajority() {
    Ablation ablation =
        new Ablation(
            "Does the picture help?",
            "demo",
            TEST,
            TEST,
            CATEGORIES,
            List.of(answers("text", 1, 5), answers("gated", 1, 12)),
            Map.of("text", Ablation.MAJORITY, "gated", "text"),
            List.of("IMG"));
    Table table = AblationTable.of(ablation);
    assertThat(table.notes())
        .contains(
            "gated against text among IMG: +66.7 points, 95% CI [+0.0, +100.0], p = 1",
            "p: exact paired test over the questions, Holm over 4 comparisons");
    assertThat(table.sections().get(0).get(0)).extracting(Cell::text).contains("+8.3 vs majority");
  }

  @Test
  void columnsThatCanBeSparedGoWhereSpaceIsShort() {
    Ablation ablation = ablation(List.of(answers("text", 1, 5), answers("gated", 1, 12)));
    assertThat(TerminalTable.render(AblationTable.of(ablation), 100)).doesNotContain("95% CI");
  }

  private static Ablation ablation(List<RunResult> runs) {
    return new Ablation(
        "Does the picture help?",
        "demo",
        TEST,
        TEST,
        CATEGORIES,
        runs,
        Map.of("gated", "text", "concat", "text"),
        List.of());
  }

  /** Answers so many questions rightly, from the first on. */
  private static RunResult.Finished answers(String variant, long seed, int right) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < TEST.size(); i++) {
      int option = i < right ? TEST.get(i).answer() : (TEST.get(i).answer() + 1) % 3;
      String text = "The answer is (" + (char) ('A' + option) + ").";
      predictions.add(new Prediction(Integer.toString(i), text, "The answer is (A)."));
    }
    return new RunResult.Finished(variant, Repeat.of(seed), "generated, greedy", predictions);
  }
}
