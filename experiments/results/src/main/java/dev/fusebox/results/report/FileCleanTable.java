package dev.fusebox.results.report;

import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Accuracy of files on the questions that are not nearly training questions, beside that on all.
 */
final class FileCleanTable {

  private static final double LEVEL = 0.95;

  private FileCleanTable() {}

  /** The table; empty where no question is a near-duplicate of a training question. */
  static Optional<Table> of(ScoreSheet sheet) {
    Leaks leaks = sheet.leaks();
    if (sheet.graded().isEmpty() || leaks.count() == 0) {
      return Optional.empty();
    }
    List<List<Cell>> rows = new ArrayList<>();
    sheet.graded().forEach((name, marks) -> rows.add(row(name, marks, leaks)));
    List<String> notes = new ArrayList<>(CleanTable.rules(leaks));
    notes.add("CI: Wilson's, over the questions that a file answers");
    return Optional.of(
        new Table(
            "Without near-duplicates of training questions",
            List.of("accuracy % ↑ [95% CI]", sheet.setting()),
            CleanTable.columns(sheet.questions().size(), leaks),
            List.of(rows),
            notes));
  }

  private static List<Cell> row(String name, Graded marks, Leaks leaks) {
    return List.of(
        new Cell.Words(name),
        cell(marks.average()),
        cell(marks.among(question -> !leaks.contains(question))),
        cell(marks.among(leaks::contains)));
  }

  private static Cell cell(Proportion share) {
    return share.isEmpty()
        ? new Cell.Empty()
        : new Cell.Estimate(
            share.percent(), Optional.of(share.wilson(LEVEL).times(100)), ScoreSheet.DECIMALS);
  }
}
