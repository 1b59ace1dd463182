package dev.fusebox.results.report;

import dev.fusebox.results.report.PassageScores.Effect;
import dev.fusebox.results.score.Holm;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whether answers rest on the passage that they name. */
final class AttributionTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF =
      List.of("", "n", "names one", "difference", "paired test", "verdict");

  private static final int DECIMALS = 1;
  private static final double LEVEL = 0.05;
  private static final List<Column> COLUMNS =
      List.of(
          Column.words(""),
          Column.number("n"),
          Column.number("names one"),
          Column.number("names its lecture"),
          Column.number("answer changes without it").afterRule(),
          Column.number("without another"),
          Column.number("probability lost without it").afterRule(),
          Column.number("lost without another"),
          Column.estimate("difference").afterRule(),
          new Column("paired test", List.of("p (Holm)"), true, false, false),
          Column.words("verdict"));
  private static final List<String> NOTES =
      List.of(
          "names: the passage that shares most words with the chosen option and the text before it, weighted by how rare a word is among passages; its lecture: if that is among them",
          "each passage is left out in turn; lost: of the chosen option's probability, in points, if options are ranked; without another: mean over the others",
          "difference: the effect of removing the named passage minus that of another, in probability if options are ranked, else in changed answers; exact sign-flip test over the questions, Holm"
              + " over all rows; CI: 10,000 bootstrap resamples of them");

  private AttributionTable() {}

  /** The table; empty if no run names a passage. */
  static Optional<Table> of(Report report) {
    List<PassageScores> scores =
        PassageScores.of(report).stream().filter(each -> each.n() > 0).toList();
    if (scores.isEmpty()) {
      return Optional.empty();
    }
    List<Double> adjusted = Holm.adjust(scores.stream().map(each -> each.compared().p()).toList());
    return Optional.of(
        new Table(
            "Do answers rest on the passage that they name?",
            List.of("% [95% CI]", report.data(), "questions whose answer names a passage"),
            RunCount.behind(COLUMNS, report),
            List.of(
                IntStream.range(0, scores.size())
                    .mapToObj(i -> row(scores.get(i), adjusted.get(i)))
                    .toList()),
            NOTES));
  }

  private static List<Cell> row(PassageScores scores, double p) {
    double difference = scores.compared().difference();
    return List.of(
        new Cell.Words(scores.variant()),
        new Cell.Count(scores.n()),
        percent(scores.naming()),
        percent(scores.namesGold()),
        percent(scores.withoutNamed(Effect.CHANGES)),
        percent(scores.withoutAnother(Effect.CHANGES)),
        scores.ranked() ? percent(scores.withoutNamed(Effect.FALLS)) : new Cell.Empty(),
        scores.ranked() ? percent(scores.withoutAnother(Effect.FALLS)) : new Cell.Empty(),
        new Cell.Estimate(100 * difference, Optional.of(scores.interval().times(100)), DECIMALS),
        new Cell.Probability(p),
        new Cell.Words(verdict(scores, difference, p)),
        new Cell.Count(scores.runs()));
  }

  private static String verdict(PassageScores scores, double difference, double p) {
    if (scores.isStill()) {
      return "reads none";
    }
    if (p >= LEVEL) {
      return "cannot tell";
    }
    return difference > 0 ? "rests on it" : "rests on others";
  }

  private static Cell percent(double share) {
    return Double.isNaN(share) ? new Cell.Empty() : new Cell.Score(100 * share, DECIMALS);
  }
}
