package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.store.ClaimsRecord;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.SampledAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who learnt 30 of 40 questions by heart is no better than another where it counts. */
class CleanPartTest {

  private static final int ALL = 40;
  private static final int LEAKED = 30;

  private static final List<Question> TEST =
      IntStream.range(0, ALL)
          .mapToObj(
              i ->
                  new Question(
                      "q" + i, "?", List.of("a", "b"), i % 2, "h", true, "", "", "", "", ""))
          .toList();

  /** Of the questions behind the leaked ones, every second one is right, whatever is asked. */
  private static int heart(int i) {
    return i < LEAKED ? i % 2 : 0;
  }

  private static int first(int i) {
    return 0;
  }

  private static List<Double> sure(int option) {
    return option == 0 ? List.of(0.9, 0.1) : List.of(0.1, 0.9);
  }

  private static ReportedRun run(String variant, IntUnaryOperator model) {
    List<Prediction> answers = new ArrayList<>();
    List<ChangedAnswer> changed = new ArrayList<>();
    List<CrossedAnswer> crossed = new ArrayList<>();
    List<SampledAnswer> sampled = new ArrayList<>();
    for (int i = 0; i < ALL; i++) {
      int option = model.applyAsInt(i);
      answers.add(new Prediction("q" + i, AnswerPattern.naming(option), ""));
      changed.add(new ChangedAnswer(QuestionChange.NO_PICTURE, "q" + i, option, option, 2));
      sampled.add(new SampledAnswer(1, "q" + i, option, sure(option)));
      for (int j = 0; j < ALL; j++) {
        crossed.add(new CrossedAnswer("q" + i, "q" + j, sure(option), i % 2));
      }
    }
    return TestReports.run(variant, 1, "", answers, new TestedAnswers(changed, crossed, sampled));
  }

  private static Report report(int leaked) {
    Report report =
        TestReports.report(
            "small", TEST, run("heart", CleanPartTest::heart), run("first", CleanPartTest::first));
    Map<String, String> twins =
        IntStream.range(0, leaked).boxed().collect(Collectors.toMap(i -> "q" + i, i -> "t" + i));
    return new Report(
        report.name(),
        report.question(),
        report.data(),
        report.train(),
        report.test(),
        report.categories(),
        report.runs(),
        report.compare(),
        report.among(),
        report.repeat(),
        report.made(),
        report.pictures(),
        List.of(),
        List.of(ClaimsRecord.Stated.standing("heart > first", "2026-01-01T00:00:00Z")),
        Optional.of(new Leaks(twins, 0)),
        Map.of());
  }

  private static List<List<String>> rows(String title) {
    return TestReports.rows(
        report(LEAKED).tests().stream()
            .filter(table -> table.title().equals(title))
            .findFirst()
            .orElseThrow());
  }

  private static final String CLEAN = ", without near-duplicates of training questions";

  @Test
  void eachTableStandsBesideTheSameOfTheCleanPart() {
    assertThat(report(LEAKED).tests())
        .extracting(Table::title)
        .containsExactly(
            "Without near-duplicates of training questions",
            "Claims",
            "Claims" + CLEAN,
            "Does it fuse at all?",
            "Does it fuse at all" + CLEAN,
            "How the answers change when the questions are changed",
            "How the answers change when the questions are changed" + CLEAN,
            "What is left when pictures are missing?",
            "What is left when pictures are missing" + CLEAN,
            "Do several sampled rationales answer better than one?",
            "Do several sampled rationales answer better than one" + CLEAN);
  }

  @Test
  void whatWasLearntByHeartIsGoneThere() {
    assertThat(rows("Claims").get(0)).contains("+37.5", "supported");
    assertThat(rows("Claims" + CLEAN).get(0)).contains("+0.0", "10", "cannot tell");
    assertThat(rows("Does it fuse at all?").get(0))
        .startsWith("heart")
        .element(1)
        .asString()
        .startsWith("87.5 ");
    assertThat(rows("Does it fuse at all" + CLEAN).get(0))
        .contains("10")
        .element(1)
        .asString()
        .startsWith("50.0 ");
    assertThat(rows("How the answers change when the questions are changed" + CLEAN).get(0))
        .containsExactly(
            "heart", "no-picture", "10", "50.0", "50.0 [23.7, 76.3]", "guesses with it, too");
    assertThat(rows("Do several sampled rationales answer better than one" + CLEAN).get(0))
        .containsExactly("heart", "1", "50.0 [23.7, 76.3]", "50.0 [23.7, 76.3]");
  }

  @Test
  void eachSaysHowManyLeakedAndTheShortOnesFitATerminal() {
    List<Table> tables = report(LEAKED).tests();
    for (Table table : tables.subList(1, tables.size())) {
      boolean clean = table.title().endsWith(CLEAN);
      assertThat(table.notes())
          .as(table.title())
          .contains(
              clean
                  ? "left out: 30 of 40 test questions that are near-duplicates of training questions"
                  : "30 of 40 test questions are near-duplicates of training questions; --clean leaves them out");
      if (clean) {
        assertThat(TerminalTable.render(table).lines()).allMatch(line -> line.length() <= 100);
      }
    }
  }

  @Test
  void whereNothingOrEverythingLeaksThereIsNothingToStandBeside() {
    for (int leaked : List.of(0, ALL)) {
      assertThat(report(leaked).tests())
          .extracting(Table::title)
          .noneMatch(title -> title.endsWith(CLEAN));
    }
    assertThat(report(0).tests()).flatMap(Table::notes).noneMatch(note -> note.contains("leaves"));
    assertThat(report(ALL).tests().get(1).notes()).anyMatch(note -> note.startsWith("40 of 40"));
  }
}
