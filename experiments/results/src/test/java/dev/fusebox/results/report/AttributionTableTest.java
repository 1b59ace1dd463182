package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import dev.fusebox.results.table.Table;
import dev.fusebox.training.task.PassageAnswer;
import dev.fusebox.training.task.PassageAnswer.NamedOption;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models of which it is known what they read. */
class AttributionTableTest {

  private static final int N = 40;

  /** The first ten have no lecture. */
  private static final List<Question> TEST =
      IntStream.range(0, N)
          .mapToObj(
              i ->
                  new Question(
                      "q" + i,
                      "?",
                      List.of("a", "b"),
                      i % 2,
                      "",
                      false,
                      i < 10 ? "" : "Lecture.",
                      "",
                      "",
                      "",
                      ""))
          .toList();

  private static ReportedRun run(String variant, long seed, IntFunction<PassageAnswer> answer) {
    return TestReports.run(
        variant,
        seed,
        "ranked",
        List.of(),
        new TestedAnswers(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            IntStream.range(0, N).mapToObj(answer).toList()));
  }

  /** Of three passages, the lecture is the second or, of every third question, none. */
  private static PassageAnswer answer(
      int question, int named, NamedOption all, NamedOption... without) {
    int gold = question < 10 || question % 3 == 0 ? 0 : 2;
    return new PassageAnswer("q" + question, gold, named, all, List.of(without));
  }

  private static NamedOption first(double probability) {
    return new NamedOption(probability < 0.5 ? 1 : 0, List.of(probability, 1 - probability));
  }

  private static NamedOption named(int option) {
    return new NamedOption(option, List.of());
  }

  private static Report report(ReportedRun... runs) {
    return TestReports.report("demo", TEST, runs);
  }

  private static List<List<String>> rows(Optional<Table> table) {
    return TestReports.rows(table.orElseThrow());
  }

  @Test
  void whoReadsThePassageThatIsNamedIsToldFromWhoReadsAnotherAndWhoReadsNone() {
    Report report =
        report(
            run("reads it", 1, i -> answer(i, 2, first(0.9), first(0.9), first(0.4), first(0.8))),
            run(
                "reads another",
                1,
                i -> answer(i, 2, first(0.9), first(0.3), first(0.9), first(0.9))),
            run("reads none", 1, i -> answer(i, 2, first(0.9), first(0.9), first(0.9), first(0.9))),
            run(
                "reads any",
                1,
                i ->
                    i % 2 == 0
                        ? answer(i, 1, first(0.9), first(0.7), first(0.8), first(0.9))
                        : answer(i, 1, first(0.9), first(0.8), first(0.7), first(0.7))));
    List<List<String>> rows = rows(AttributionTable.of(report));
    assertThat(rows.get(0))
        .startsWith("reads it", "40", "100.0", "100.0", "100.0", "0.0", "50.0", "5.0")
        .contains("45.0 [45.0, 45.0]", "rests on it");
    assertThat(rows.get(1))
        .startsWith("reads another", "40", "100.0", "100.0", "0.0", "50.0", "0.0", "30.0")
        .contains("-30.0 [-30.0, -30.0]", "rests on others");
    assertThat(rows.get(2)).contains("0.0 [0.0, 0.0]", "reads none");
    assertThat(rows.get(3)).contains("cannot tell"); // +15 and -10 points, half each
    assertThat(rows.get(3).get(8)).startsWith("2.5 [");
  }

  /** One seed names none; the other's answers change without the named one in 30 of 40. */
  @Test
  void writtenAnswersChangeAndAQuestionCountsOnceWhateverSeedsAnswerIt() {
    Report report =
        report(
            run("written", 1, i -> answer(i, 0, named(0), named(0), named(0), named(0))),
            run(
                "written",
                2,
                i -> answer(i, 1, named(0), named(i < 30 ? 1 : 0), named(0), named(-1))));
    assertThat(rows(AttributionTable.of(report)))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .startsWith("written", "40", "50.0", "0.0", "75.0", "50.0", "", "")
                    .endsWith("2")
                    .contains("rests on it"));
  }

  @Test
  void lecturesAreCountedWhereQuestionsHaveOne() {
    Report report =
        report(run("any", 1, i -> answer(i, 1, first(0.9), first(0.9), first(0.9), first(0.9))));
    assertThat(rows(RetrievalTable.of(report)))
        .containsExactly(
            List.of("any", "30", "0.0 [0.0, 11.4]", "66.7 [48.8, 80.8]", "66.7 [48.8, 80.8]"));
  }

  @Test
  void withoutPassagesThereIsNoTable() {
    assertThat(AttributionTable.of(report())).isEmpty();
    assertThat(RetrievalTable.of(report())).isEmpty();
    Report alone =
        report(
            run(
                "one passage",
                1,
                i -> new PassageAnswer("q" + i, i % 2, 0, first(0.9), List.of())));
    assertThat(AttributionTable.of(alone)).isEmpty();
    assertThat(rows(RetrievalTable.of(alone)))
        .containsExactly(List.of("one passage", "30", "50.0 [33.2, 66.8]"));
  }
}
