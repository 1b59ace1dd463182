package dev.fusebox.results.report;

import dev.fusebox.results.score.OpenAnswers;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Accuracy of files of free-form answers. */
final class FileVqaTable {

  private FileVqaTable() {}

  /** The table; empty where no file holds such answers. */
  static Optional<Table> of(ScoreSheet sheet) {
    List<List<Cell>> rows = new ArrayList<>();
    sheet
        .scores()
        .forEach((name, score) -> score.open().ifPresent(open -> rows.add(row(name, open))));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Accuracy of free-form answers (VQA)",
                List.of("VQA accuracy % ↑", sheet.setting()),
                List.of(
                    Column.words(""),
                    Column.number("vqa"),
                    Column.number("95% CI", "vqa low", "vqa high"),
                    Column.number("n")),
                List.of(rows),
                List.of(
                    "vqa: min(1, number of people who gave that answer / 3), after the normalisation of VQA's evaluation code; an answer that names an option counts as that option's text",
                    "n: the questions with free-form answers in the data; CI: 10,000 bootstrap resamples"
                        + " of them")));
  }

  private static List<Cell> row(String name, OpenAnswers open) {
    return List.of(
        new Cell.Words(name),
        new Cell.Score(open.percent(), ScoreSheet.DECIMALS),
        new Cell.Range(open.interval(), ScoreSheet.DECIMALS, false),
        new Cell.Count(open.n()));
  }
}
