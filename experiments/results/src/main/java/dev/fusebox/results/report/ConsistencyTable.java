package dev.fusebox.results.report;

import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Optional;

/** Self-consistency: accuracy by the first k drawn rationales of each question, over k. */
public final class ConsistencyTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF = List.of("", "k", "by vote", "by summed probability");

  private static final int DECIMALS = 1;
  private static final List<Column> COLUMNS =
      List.of(
          Column.words(""),
          Column.number("k"),
          Column.estimate("by vote"),
          Column.estimate("by summed probability"),
          Column.number("rationales written").afterRule(),
          Column.number("seconds"));
  private static final List<String> NOTES =
      List.of(
          "k rationales are sampled for a question and each is answered from (Wang et al. 2023); by vote: the option named most often, the first one if tied",
          "seconds: what the stages took that wrote the first k and answered from them, mean over seeds, on the machine that ran them",
          "CI: Wilson's, each question counted once");

  private ConsistencyTable() {}

  /** The table; empty if no rationales were drawn. */
  public static Optional<Table> of(Report report) {
    List<ConsistencyCurve> curves = ConsistencyCurve.of(report);
    int questions = report.test().size();
    return curves.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Do several sampled rationales answer better than one?",
                List.of(
                    "accuracy % ↑ [95% CI]",
                    report.data(), Numbers.count(questions, "test question")),
                RunCount.behind(COLUMNS, report),
                curves.stream().map(curve -> rows(curve, questions)).toList(),
                NOTES));
  }

  private static List<List<Cell>> rows(ConsistencyCurve curve, int questions) {
    return curve.points().stream().map(point -> row(curve, point, questions)).toList();
  }

  private static List<Cell> row(
      ConsistencyCurve curve, ConsistencyCurve.Point point, int questions) {
    return List.of(
        new Cell.Words(curve.variant()),
        new Cell.Count(point.k()),
        cell(point.vote()),
        point.summed().map(ConsistencyTable::cell).orElseGet(Cell.Empty::new),
        new Cell.Count(point.k() * questions),
        point.seconds().isPresent()
            ? new Cell.Score(point.seconds().getAsDouble(), DECIMALS)
            : new Cell.Empty(),
        new Cell.Count(curve.seeds()));
  }

  private static Cell cell(ConsistencyCurve.Share share) {
    return new Cell.Estimate(
        100 * share.value(), Optional.of(share.interval().times(100)), DECIMALS);
  }
}
