package dev.fusebox.results.report;

import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what is retrieved is what helps: the questions' own lectures. */
final class RetrievalTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF = List.of("", "lectures", "found at 1");

  private static final int DECIMALS = 1;
  private static final List<String> NOTES =
      List.of(
          "found at k (recall): questions whose own lecture, word for word, is among the k best passages, of those with a lecture; CI: Wilson's");

  private RetrievalTable() {}

  /** The table; empty if no run was asked without its passages. */
  static Optional<Table> of(Report report) {
    List<PassageScores> scores =
        PassageScores.of(report).stream().filter(each -> each.lectures() > 0).toList();
    int most = scores.stream().mapToInt(PassageScores::most).max().orElse(0);
    return scores.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Are the right passages retrieved?",
                List.of("% [95% CI]", report.data()),
                columns(most),
                List.of(scores.stream().map(each -> row(each, most)).toList()),
                NOTES));
  }

  private static List<Column> columns(int most) {
    List<Column> columns = new ArrayList<>(List.of(Column.words(""), Column.number("lectures")));
    for (int k = 1; k <= most; k++) {
      columns.add(Column.estimate("found at " + k));
    }
    return columns;
  }

  private static List<Cell> row(PassageScores scores, int most) {
    List<Cell> row =
        new ArrayList<>(
            List.of(new Cell.Words(scores.variant()), new Cell.Count(scores.lectures())));
    for (int k = 1; k <= most; k++) {
      double recall = scores.recall(k);
      row.add(
          k > scores.most()
              ? new Cell.Empty()
              : new Cell.Estimate(
                  100 * recall, Optional.of(scores.recallInterval(recall).times(100)), DECIMALS));
    }
    return row;
  }
}
