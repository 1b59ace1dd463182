package dev.fusebox.results.report;

import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Optional;

/** Every pair of files compared over the questions both answer. */
final class FileComparisonTable {

  private FileComparisonTable() {}

  /** The table; empty where no two files answer the same question. */
  static Optional<Table> of(ScoreSheet sheet) {
    List<FileComparison> comparisons = sheet.compared();
    if (comparisons.isEmpty()) {
      return Optional.empty();
    }
    List<List<Cell>> rows = comparisons.stream().map(FileComparisonTable::row).toList();
    return Optional.of(
        new Table(
            "The same questions, file against file",
            List.of("points of accuracy", sheet.setting()),
            List.of(
                Column.words("first"),
                Column.words("second"),
                Column.number("only first right"),
                Column.number("only second right"),
                Column.number("n"),
                Column.number("first − second", "difference"),
                Column.number("95% CI", "low", "high"),
                Column.number("McNemar", "p"),
                Column.number("Holm", "p (Holm)")),
            List.of(rows),
            List.of(
                "CI: 10,000 paired bootstrap resamples of the questions; McNemar: exact, two-sided;"
                    + " Holm over "
                    + Numbers.count(rows.size(), "comparison"))));
  }

  private static List<Cell> row(FileComparison pair) {
    return List.of(
        new Cell.Words(pair.comparison().variant()),
        new Cell.Words(pair.comparison().control()),
        new Cell.Count(pair.counts().onlyFirst()),
        new Cell.Count(pair.counts().onlySecond()),
        new Cell.Count(pair.n()),
        new Cell.Points(pair.comparison().difference(), ScoreSheet.DECIMALS),
        new Cell.Range(pair.comparison().interval(), ScoreSheet.DECIMALS, true),
        new Cell.Probability(pair.comparison().p()),
        new Cell.Probability(pair.comparison().adjusted()));
  }
}
