package dev.fusebox.results.report;

import dev.fusebox.results.score.TextMetric;
import dev.fusebox.results.score.TextScores;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How near the texts of files are to their targets. */
final class FileTextTable {

  private FileTextTable() {}

  /** The table; empty where no file holds texts. */
  static Optional<Table> of(ScoreSheet sheet) {
    List<TextMetric> metrics =
        TextMetric.of(
            sheet.scores().values().stream().flatMap(score -> score.rationales().stream()));
    List<List<Cell>> rows = new ArrayList<>();
    sheet
        .scores()
        .forEach(
            (name, score) -> score.rationales().ifPresent(t -> rows.add(row(name, t, metrics))));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    metrics.forEach(metric -> columns.add(Column.number(metric.heading())));
    columns.add(Column.number("n"));
    return Optional.of(
        new Table(
            "Similarity of the texts to their targets",
            List.of("% ↑", sheet.setting()),
            columns,
            List.of(rows),
            List.of(TextMetric.note(metrics))));
  }

  private static List<Cell> row(String name, TextScores texts, List<TextMetric> metrics) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(name)));
    metrics.forEach(metric -> row.add(new Cell.Score(texts.percent(metric), ScoreSheet.DECIMALS)));
    row.add(new Cell.Count(texts.n()));
    return row;
  }
}
