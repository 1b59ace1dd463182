package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Cell;
import dev.fusebox.training.task.ChangedAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models of which is known whether their answers follow from their rationales. */
class ReasoningTableTest {

  private static final List<Question> QUESTIONS =
      IntStream.range(0, 40)
          .mapToObj(
              i ->
                  new Question(
                      "q" + i, "?", List.of("cat", "dog"), 0, "", false, "", "", "", "", ""))
          .toList();

  private static final ChangedAnswer ASKED =
      new ChangedAnswer(QuestionChange.NO_RATIONALE, "q0", 0, 0, 2);

  private static String names(int option) {
    return "It is the " + QUESTIONS.get(0).choices().get(option) + ".";
  }

  /** A run whose rationales name one option each, and whose answers another, or the same. */
  private static ReportedRun run(String name, IntUnaryOperator rationale, IntUnaryOperator answer) {
    return run(
        name,
        IntStream.range(0, 40)
            .mapToObj(i -> new Prediction("q" + i, names(rationale.applyAsInt(i)), ""))
            .toList(),
        answer,
        List.of(ASKED));
  }

  private static ReportedRun run(
      String name,
      List<Prediction> rationales,
      IntUnaryOperator answer,
      List<ChangedAnswer> changed) {
    List<Prediction> answers =
        IntStream.range(0, 40)
            .mapToObj(i -> new Prediction("q" + i, AnswerPattern.naming(answer.applyAsInt(i)), ""))
            .toList();
    return new ReportedRun(
        new RunResult.Finished(name, Repeat.of(1), "", answers),
        "none",
        JsonNodeFactory.instance.objectNode(),
        Map.of(),
        List.of(),
        Optional.of(new StagePredictions("", rationales)),
        List.of(),
        List.of(),
        List.of(),
        new TestedAnswers(changed, List.of()));
  }

  private static List<List<Cell>> rows(ReportedRun... runs) {
    return ReasoningTable.of(TestReports.report("test", QUESTIONS, runs))
        .orElseThrow()
        .sections()
        .get(0);
  }

  private static List<String> texts(List<Cell> row) {
    return row.stream().map(Cell::text).toList();
  }

  private static int half(int i) {
    return i % 2;
  }

  private static int otherHalf(int i) {
    return i / 2 % 2;
  }

  @Test
  void answersThatFollowDependOnTheirRationales() {
    List<Cell> row =
        rows(run("follows", ReasoningTableTest::half, ReasoningTableTest::half)).get(0);
    assertThat(texts(row).subList(0, 7))
        .containsExactly(
            "follows seed 1", "20", "100.0 [83.9, 100.0]", "20", "0.0 [0.0, 16.1]", "0", "");
    // all 20 right of 40: two of the C(40, 20) tables are as extreme
    assertThat(row.get(7).order()).isCloseTo(2 / 137846528820.0, withinPercentage(0.001));
  }

  @Test
  void answersThatDoNotFollowAreAsOftenRightBesideAWrongRationale() {
    List<String> row =
        texts(rows(run("own", ReasoningTableTest::half, ReasoningTableTest::otherHalf)).get(0));
    assertThat(row.get(1)).isEqualTo("20");
    assertThat(row.get(2)).startsWith("50.0 ").isEqualTo(row.get(4));
    assertThat(row.get(7)).isEqualTo("p = 1");
  }

  @Test
  void rationalesThatNameNoneOrBothOrAreMissingStandApart() {
    List<Prediction> rationales =
        IntStream.range(0, 30)
            .mapToObj(i -> new Prediction("q" + i, i < 20 ? "It purrs." : "A cat, or a dog.", ""))
            .toList();
    List<String> row =
        texts(rows(run("vague", rationales, ReasoningTableTest::half, List.of(ASKED))).get(0));
    assertThat(row.subList(1, 6)).containsExactly("0", "", "0", "", "40");
    assertThat(row.get(6)).startsWith("50.0 ");
    assertThat(row.get(7)).isEqualTo("p = 1");
  }

  @Test
  void probabilitiesAreCorrectedForAllRows() {
    IntUnaryOperator mostly = i -> i < 28 ? i % 2 : otherHalf(i);
    double alone = rows(run("mostly", ReasoningTableTest::half, mostly)).get(0).get(7).order();
    List<List<Cell>> three =
        rows(
            run("mostly", ReasoningTableTest::half, mostly),
            run("own", ReasoningTableTest::half, ReasoningTableTest::otherHalf),
            run("own", ReasoningTableTest::half, ReasoningTableTest::otherHalf));
    assertThat(alone).isBetween(1e-6, 0.05);
    assertThat(three.get(0).get(7).order()).isCloseTo(3 * alone, withinPercentage(0.001));
  }

  @Test
  void whereNoRationaleWasChangedThereIsNoTable() {
    ReportedRun plain =
        run(
            "plain",
            List.of(new Prediction("q0", "A cat.", "")),
            ReasoningTableTest::half,
            List.of());
    assertThat(ReasoningTable.of(TestReports.report("test", QUESTIONS, plain))).isEmpty();
  }
}
