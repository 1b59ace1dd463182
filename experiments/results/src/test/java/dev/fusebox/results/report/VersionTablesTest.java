package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.task.VersionAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VersionTablesTest {

  private static final int N = 40;
  private static final List<Question> TEST =
      IntStream.range(0, N)
          .mapToObj(
              i ->
                  new Question(
                      "q" + i, "?", List.of("a", "b"), i % 2, "", false, "", "", "", "", ""))
          .toList();

  /** Which option is named in a version of a question. */
  private interface Answering {
    int option(int question, int version);
  }

  private static ReportedRun run(
      String variant, EveryVersion every, int versions, Answering answering) {
    List<Prediction> own = new ArrayList<>();
    List<VersionAnswer> asked = new ArrayList<>();
    for (int i = 0; i < N; i++) {
      own.add(
          new Prediction(
              "q" + i, "The answer is (%c).".formatted('A' + answering.option(i, 0)), null));
      for (int version = 0; version < versions; version++) {
        asked.add(new VersionAnswer(every, "q" + i, version + 1, answering.option(i, version)));
      }
    }
    return TestReports.run(
        variant,
        1,
        "ranked",
        own,
        new TestedAnswers(List.of(), List.of(), List.of(), List.of(), asked));
  }

  private static Report report(ReportedRun... runs) {
    return TestReports.report("demo", TEST, runs);
  }

  private static List<List<String>> rows(Report report, boolean orders) {
    return TestReports.rows(
        (orders ? OrdersTable.of(report) : SentencesTable.of(report)).orElseThrow());
  }

  /** One knows, one names what stands first, whose answers are right half the time. */
  @Test
  void whoGoesByThePlaceIsNeverRightInEveryOrder() {
    Report report =
        report(
            run("knows", EveryVersion.ORDER, 2, (question, version) -> question % 2),
            run("first", EveryVersion.ORDER, 2, (question, version) -> version));
    assertThat(rows(report, true))
        .containsExactly(
            List.of(
                "knows",
                "40",
                "80",
                "100.0",
                "100.0",
                "100.0 [91.2, 100.0]",
                "25.0",
                "100.0 [91.2, 100.0]",
                "1"),
            List.of(
                "first",
                "40",
                "80",
                "50.0",
                "50.0",
                "0.0 [0.0, 8.8]",
                "25.0",
                "0.0 [0.0, 8.8]",
                "1"));
    assertThat(SentencesTable.of(report)).isEmpty();
  }

  /** Version 0 stands for the answer as asked, too; the last of three sentences decides in 10. */
  @Test
  void theSentenceThatDecidesIsFound() {
    Report report =
        report(
            run(
                "reads",
                EveryVersion.SENTENCE,
                3,
                (question, version) ->
                    version == 2 && question < 10 ? 1 - question % 2 : question % 2),
            run("reads not", EveryVersion.SENTENCE, 3, (question, version) -> 0));
    assertThat(rows(report, false))
        .containsExactly(
            List.of(
                "reads",
                "40",
                "120",
                "0.0",
                "25.0",
                "8.3",
                "25.0 [14.2, 40.2]",
                "100.0",
                "91.7",
                "1"),
            List.of(
                "reads not",
                "40",
                "120",
                "0.0",
                "0.0",
                "0.0",
                "0.0 [0.0, 8.8]",
                "50.0",
                "50.0",
                "1"));
    assertThat(OrdersTable.of(report)).isEmpty();
  }
}
