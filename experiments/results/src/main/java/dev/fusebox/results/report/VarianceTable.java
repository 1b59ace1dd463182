package dev.fusebox.results.report;

import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.results.score.VarianceParts;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Optional;

/** What of the differences in an experiment is the variant's, the seed's and the questions'. */
public final class VarianceTable {

  private static final int DECIMALS = 2;

  private VarianceTable() {}

  /** The table; empty unless two variants or more have as many finished seeds, two at least. */
  public static Optional<Table> of(Report report) {
    AblationScores scores = new AblationScores(report.ablation(), Grader.strict());
    List<List<Graded>> runs =
        report.ablation().variants().stream()
            .map(scores::seeds)
            .filter(own -> !own.isEmpty())
            .toList();
    return VarianceParts.of(runs).map(parts -> table(report, runs, parts));
  }

  private static Table table(Report report, List<List<Graded>> runs, VarianceParts parts) {
    return new Table(
        "Where the differences come from",
        List.of(
            "accuracy in points",
            report.data(),
            Numbers.count(runs.size(), "variant"),
            Numbers.count(runs.get(0).size(), "seed"),
            Numbers.count(report.test().size(), "test question")),
        List.of(Column.words("another"), Column.number("sd"), Column.number("% of the variance")),
        List.of(
            List.of(
                row("variant", parts.variant(), parts),
                row("seed", parts.seed(), parts),
                row("draw of test questions", parts.questions(), parts))),
        List.of(
            "variant and seed: components of a one-way random model (Searle et al. 1992); draw: sampling as many questions, the same for all variants, which paired tests cancel out"));
  }

  private static List<Cell> row(String name, double variance, VarianceParts parts) {
    return List.of(
        new Cell.Words(name),
        new Cell.Score(Math.sqrt(variance), DECIMALS),
        new Cell.Score(100 * variance / parts.total(), 1));
  }
}
