package dev.fusebox.results.report;

import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Optional;

/** Whether answers hold in every order of the options. */
final class OrdersTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF =
      List.of("", "n", "right as asked", "right in every order", "same in every order");

  private static final int DECIMALS = 1;
  private static final List<Column> COLUMNS =
      List.of(
          Column.words(""),
          Column.number("n"),
          Column.number("orders"),
          Column.number("right as asked"),
          Column.number("right over all orders"),
          Column.estimate("right in every order"),
          Column.number("by chance"),
          Column.estimate("same in every order"));
  private static final List<String> NOTES =
      List.of(
          "each question of up to 4 options in all their orders, with a new rationale for each; right in every order counts questions, as MMBench's CircularEval (Liu et al. 2023), which uses rotations only",
          "by chance: right in every order, if each is guessed independently; CI: Wilson's, each question"
              + " counted once");

  private OrdersTable() {}

  /** The table; empty if no run was asked so. */
  static Optional<Table> of(Report report) {
    List<VersionScores> scores = VersionScores.of(report, EveryVersion.ORDER);
    return scores.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Are answers the same in every order of the options?",
                List.of("% [95% CI]", report.data()),
                RunCount.behind(COLUMNS, report),
                List.of(scores.stream().map(OrdersTable::row).toList()),
                NOTES));
  }

  private static List<Cell> row(VersionScores scores) {
    return List.of(
        new Cell.Words(scores.variant()),
        new Cell.Count(scores.n()),
        new Cell.Count(scores.versions()),
        percent(scores.mean(each -> each.own() == each.question().answer() ? 1 : 0)),
        percent(scores.mean(VersionScores.Asked::right)),
        estimate(scores, scores.mean(each -> each.alwaysRight() ? 1 : 0)),
        percent(scores.mean(OrdersTable::byChance)),
        estimate(scores, scores.mean(each -> each.alwaysSame() ? 1 : 0)),
        new Cell.Count(scores.seeds().size()));
  }

  private static double byChance(VersionScores.Asked asked) {
    return Math.pow(1.0 / asked.question().choices().size(), asked.options().size());
  }

  private static Cell percent(double share) {
    return new Cell.Score(100 * share, DECIMALS);
  }

  private static Cell estimate(VersionScores scores, double share) {
    return new Cell.Estimate(100 * share, Optional.of(scores.interval(share).times(100)), DECIMALS);
  }
}
