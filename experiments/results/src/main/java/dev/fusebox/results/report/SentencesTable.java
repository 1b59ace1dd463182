package dev.fusebox.results.report;

import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Whether the sentences of a rationale count, each left out in turn. */
final class SentencesTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF =
      List.of("", "n", "some sentence decides", "right as asked", "right without one");

  private static final int DECIMALS = 1;
  private static final List<Column> COLUMNS =
      List.of(
          Column.words(""),
          Column.number("n"),
          Column.number("sentences"),
          Column.number("without the first").afterRule(),
          Column.number("without the last"),
          Column.number("without any one"),
          Column.estimate("some sentence decides").afterRule(),
          Column.number("right as asked").afterRule(),
          Column.number("right without one"));
  private static final List<String> NOTES =
      List.of(
          "n: questions whose rationale has two or more sentences; without the first etc.: answers that change when that sentence is left out",
          "some sentence decides: questions for which leaving out one sentence changes the answer; sentences: in the first seed; CI: Wilson's, each question counted once");

  private SentencesTable() {}

  /** The table; empty if no run was asked so. */
  static Optional<Table> of(Report report) {
    List<VersionScores> scores = VersionScores.of(report, EveryVersion.SENTENCE);
    return scores.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Does every sentence of the rationale matter?",
                List.of("% [95% CI]", report.data()),
                RunCount.behind(COLUMNS, report),
                List.of(scores.stream().map(SentencesTable::row).toList()),
                NOTES));
  }

  private static List<Cell> row(VersionScores scores) {
    double decides = scores.mean(each -> each.same() < 1 ? 1 : 0);
    return List.of(
        new Cell.Words(scores.variant()),
        new Cell.Count(scores.n()),
        new Cell.Count(scores.versions()),
        percent(scores, each -> changed(each, 0)),
        percent(scores, each -> changed(each, each.options().size() - 1)),
        percent(scores, each -> 1 - each.same()),
        new Cell.Estimate(
            100 * decides, Optional.of(scores.interval(decides).times(100)), DECIMALS),
        percent(scores, each -> each.own() == each.question().answer() ? 1 : 0),
        percent(scores, VersionScores.Asked::right),
        new Cell.Count(scores.seeds().size()));
  }

  private static double changed(VersionScores.Asked asked, int sentence) {
    return asked.options().get(sentence) == asked.own() ? 0 : 1;
  }

  private static Cell percent(VersionScores scores, ToDoubleFunction<VersionScores.Asked> share) {
    return new Cell.Score(100 * scores.mean(share), DECIMALS);
  }
}
