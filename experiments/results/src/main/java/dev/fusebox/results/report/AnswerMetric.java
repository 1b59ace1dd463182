package dev.fusebox.results.report;

import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A figure of marked answers. The order is that of a score sheet's columns and of its JSON; both
 * follow from the constant, and so does a new one.
 */
enum AnswerMetric {
  /** The share of right answers; the one that is divided by category too. */
  ACCURACY("accuracy") {
    @Override
    List<Column> columns() {
      return List.of(
          Column.number("Avg").afterRule(), Column.number("95% CI", "Avg low", "Avg high"));
    }

    @Override
    List<Cell> cells(Graded marks, int decimals) {
      Proportion average = marks.average();
      Cell interval =
          average.isEmpty()
              ? new Cell.Empty()
              : new Cell.Range(average.wilson(LEVEL).times(100), decimals, false);
      return List.of(new Cell.Score(average.percent(), decimals), interval);
    }

    @Override
    Object json(Graded marks, AccuracyJson accuracy) {
      return accuracy.of(marks);
    }
  },
  /** How many questions were answered. */
  ANSWERED("answered", marks -> marks.questions().size()),
  /** How many answers named no option. */
  UNREADABLE("unreadable", Graded::unreadable);

  private static final double LEVEL = 0.95;

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final ToIntFunction<Graded> count;

  AnswerMetric(String key) {
    this(key, marks -> 0);
  }

  AnswerMetric(String key, ToIntFunction<Graded> count) {
    this.key = key;
    this.count = count;
  }

  /** Its name for programs. */
  String key() {
    return key;
  }

  /** Its columns in a table. */
  List<Column> columns() {
    return List.of(Column.number(key));
  }

  /** What stands in these columns. */
  List<Cell> cells(Graded marks, int decimals) {
    return List.of(new Cell.Count(count.applyAsInt(marks)));
  }

  /** Its value for programs. */
  Object json(Graded marks, AccuracyJson accuracy) {
    return count.applyAsInt(marks);
  }
}
