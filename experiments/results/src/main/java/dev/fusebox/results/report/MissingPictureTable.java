package dev.fusebox.results.report;

import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Bootstrap;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What accuracy is left when the picture is missing for a share of the questions. Pictures go
 * missing question by question, so that it follows from the answers with and without each.
 */
public final class MissingPictureTable {

  /** Its columns beside a table of all questions. */
  static final List<String> BRIEF = List.of("", "0% missing", "50% missing", "100% missing", "n");

  private static final int DECIMALS = 1;
  private static final double LEVEL = 0.95;
  private static final long SEED = 1;
  private static final List<Double> SHARES = List.of(0.0, 0.25, 0.5, 0.75, 1.0);
  private static final List<String> NOTES =
      List.of(
          "a picture is missing with probability s, for each question by itself; expected accuracy at s ="
              + " (1 - s) × accuracy with all pictures + s × accuracy with none",
          "CI: 10,000 bootstrap resamples of the questions, the same for every s");

  private MissingPictureTable() {}

  /** The table; empty if no run was asked without pictures. */
  public static Optional<Table> of(Report report) {
    List<List<Cell>> rows = new ArrayList<>();
    ChangeScores.byVariant(report)
        .forEach(
            (variant, scores) ->
                scores.stream()
                    .filter(each -> each.change() == QuestionChange.NO_PICTURE)
                    .forEach(each -> rows.add(row(variant, each))));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "What is left when pictures are missing?",
                List.of("accuracy % ↑ [95% CI]", report.data(), "questions with a picture"),
                columns(report),
                List.of(rows),
                NOTES));
  }

  private static List<Column> columns(Report report) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    for (double share : SHARES) {
      columns.add(Column.estimate(Numbers.fixed(100 * share, 0) + "% missing"));
    }
    columns.add(Column.number("n").afterRule());
    return RunCount.behind(columns, report);
  }

  private static List<Cell> row(String variant, ChangeScores scores) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(variant)));
    for (double share : SHARES) {
      row.add(cell(scores.expectedMarks(share)));
    }
    row.add(new Cell.Count(scores.n()));
    row.add(new Cell.Count(scores.seeds().size()));
    return row;
  }

  private static Cell cell(double[] marks) {
    Interval interval = Bootstrap.mean(marks, LEVEL, SEED).times(100);
    double mean = Arrays.stream(marks).average().orElseThrow();
    return new Cell.Estimate(100 * mean, Optional.of(interval), DECIMALS);
  }
}
