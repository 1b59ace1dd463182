package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.ClaimsRecord;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaCategory;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimTableTest {

  /** The first half has a picture. */
  private static final List<Question> QUESTIONS =
      IntStream.range(0, 100)
          .mapToObj(
              i -> new Question("q" + i, "?", List.of("a", "b"), 0, "", i < 50, "", "", "", "", ""))
          .toList();

  private static ReportedRun run(String variant, String finished, IntPredicate right) {
    List<Prediction> answers =
        IntStream.range(0, QUESTIONS.size())
            .mapToObj(
                i ->
                    new Prediction(
                        QUESTIONS.get(i).id(), AnswerPattern.naming(right.test(i) ? 0 : 1), ""))
            .toList();
    return new ReportedRun(
        new RunResult.Finished(variant, Repeat.of(1), "generated, greedy", answers),
        "none",
        JsonNodeFactory.instance.objectNode(),
        Map.of("finished", finished),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private static List<List<String>> verdicts(String... claims) {
    Report report =
        new Report(
            "name",
            "",
            "test",
            List.of(),
            QUESTIONS,
            List.of(ScienceQaCategory.values()),
            List.of(
                run("good", "2026-01-03T00:00:00Z", i -> i < 90),
                run("like", "2026-01-03T00:00:00Z", i -> i != 2 && i < 92),
                run("bad", "2026-01-01T00:00:00Z", i -> i >= 50 && i < 90)),
            Map.of(),
            List.of(),
            "",
            "",
            InlinePictures.NONE,
            List.of(),
            Arrays.stream(claims)
                .map(claim -> ClaimsRecord.Stated.standing(claim, "2026-01-02T00:00:00Z"))
                .toList(),
            Optional.empty(),
            Map.of());
    return ClaimTable.of(report).orElseThrow().sections().get(0).stream()
        .map(row -> row.stream().map(Cell::text).toList())
        .map(row -> List.of(row.get(1), row.get(3), row.get(5), row.get(6)))
        .toList();
  }

  @Test
  void whatTheQuestionsShowIsToldAndNothingElse() {
    assertThat(
            verdicts(
                "good > bad",
                "bad > good",
                "like > good",
                "good > bad among IMG",
                "good > bad among NO",
                "good > unknown"))
        .containsExactly(
            List.of("+50.0", "100", "supported", "after 1 run"),
            List.of("-50.0", "100", "not: the other way round", "after 1 run"),
            List.of("+1.0", "100", "cannot tell", "before the runs"),
            List.of("+100.0", "50", "supported", "after 1 run"),
            List.of("+0.0", "50", "cannot tell", "after 1 run"),
            List.of("", "100", "not computed yet", "before the runs"));
  }

  private static Report claiming(List<ReportedRun> runs, List<ClaimsRecord.Stated> claims) {
    return new Report(
        "name",
        "",
        "test",
        List.of(),
        QUESTIONS,
        List.of(),
        runs,
        Map.of(),
        List.of(),
        "",
        "",
        InlinePictures.NONE,
        List.of(),
        claims,
        Optional.empty(),
        Map.of());
  }

  /** 6 of 6 questions on which they differ: p = 1/32, which stands alone and not among two. */
  private static final List<ReportedRun> SIX_APART =
      List.of(
          run("one", "2026-01-03T00:00:00Z", i -> true),
          run("other", "2026-01-03T00:00:00Z", i -> i >= 6));

  private static final String STATED = "2026-01-02T00:00:00Z";

  @Test
  void holmCountsEveryClaimEvenOneThatCannotBeTold() {
    for (int claims = 1; claims <= 2; claims++) {
      Report report =
          claiming(
              SIX_APART,
              List.of("one > other", "one > nobody").subList(0, claims).stream()
                  .map(claim -> ClaimsRecord.Stated.standing(claim, STATED))
                  .toList());
      assertThat(ClaimTable.of(report).orElseThrow().sections().get(0).get(0).get(5).text())
          .isEqualTo(claims == 1 ? "supported" : "cannot tell");
    }
  }

  /** Whoever drops the claims that failed would have the others pass. */
  @Test
  void aWithdrawnClaimIsARowAndHolmCountsItAllTheSame() {
    Table table =
        ClaimTable.of(
                claiming(
                    SIX_APART,
                    List.of(
                        ClaimsRecord.Stated.standing("one > other", STATED),
                        new ClaimsRecord.Stated("other > one", STATED, "2026-01-04T00:00:00Z"))))
            .orElseThrow();
    assertThat(table.sections().get(0))
        .extracting(row -> row.get(0).text(), row -> row.get(5).text())
        .containsExactly(tuple("one > other", "cannot tell"), tuple("other > one", "withdrawn"));
    assertThat(table.notes())
        .contains(
            "withdrawn: no longer in the config when there were results; Holm counts it all the same");
  }

  /** A run that is put together again, with one more test, shows answers that were known. */
  @Test
  void whenAnswersWereKnownFirstDecides() {
    ReportedRun run = SIX_APART.get(0);
    ReportedRun again =
        new ReportedRun(
            run.result(),
            run.fusion(),
            run.config(),
            Map.of("finished", "2026-01-03T00:00:00Z", "evaluated first", "2026-01-01T00:00:00Z"),
            run.stages(),
            run.rationales(),
            run.options(),
            run.metrics(),
            run.attention());
    assertThat(
            ClaimTable.of(
                    claiming(
                        List.of(again, SIX_APART.get(1)),
                        List.of(ClaimsRecord.Stated.standing("one > other", STATED))))
                .orElseThrow()
                .sections()
                .get(0)
                .get(0)
                .get(6)
                .text())
        .isEqualTo("after 1 run");
  }
}
