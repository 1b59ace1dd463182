package dev.fusebox.results.report;

import dev.fusebox.lab.result.Repeat;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.results.score.VarianceParts;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of the differences in an experiment is the variant's, the draw's, the seed's and the
 * questions'.
 */
public final class VarianceTable {

  private static final int DECIMALS = 2;
  private static final List<String> NOTES =
      List.of(
          "variant and seed: components of a one-way random model (Searle et al. 1992); draw: sampling as many questions, the same for all variants, which paired tests cancel out");

  private VarianceTable() {}

  /**
   * The table; empty unless two variants or more have as many finished seeds on the same draws, two
   * runs each at least.
   */
  public static Optional<Table> of(Report report) {
    AblationScores scores = new AblationScores(report.ablation(), Grader.strict());
    List<String> finished =
        report.ablation().variants().stream()
            .filter(variant -> !scores.seeds(variant).isEmpty())
            .toList();
    List<Map<Long, List<Graded>>> draws = finished.stream().map(scores::draws).toList();
    if (draws.stream().map(Map::keySet).distinct().count() > 1) {
      return Optional.empty(); // a draw that some variants lack would look like theirs
    }
    List<List<List<Graded>>> runs =
        draws.stream().<List<List<Graded>>>map(each -> List.copyOf(each.values())).toList();
    return VarianceParts.of(runs)
        .map(parts -> table(report, finished.size(), scores.repeats(finished.get(0)), parts));
  }

  private static Table table(
      Report report, int variants, List<Repeat> repeats, VarianceParts parts) {
    long draws = repeats.stream().map(Repeat::draw).distinct().count();
    boolean several = draws > 1;
    boolean apart = repeats.size() > draws;
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(row("variant", parts.variant(), parts));
    if (several) {
      rows.add(row("draw of training questions, for all variants alike", parts.draw(), parts));
      rows.add(row(ofOneVariant(apart), parts.drawByVariant(), parts));
    }
    if (apart) {
      rows.add(row("seed", parts.seed(), parts));
    }
    rows.add(row("draw of test questions", parts.questions(), parts));
    return new Table(
        "Where the differences come from",
        List.of(
            "accuracy in points",
            report.data(),
            Numbers.count(variants, "variant"),
            RunCount.inWords(repeats),
            Numbers.count(report.test().size(), "test question")),
        List.of(Column.words("another"), Column.number("sd"), Column.number("% of the variance")),
        List.of(rows),
        several ? notesOfDraws(apart) : NOTES);
  }

  private static String ofOneVariant(boolean apart) {
    return apart
        ? "draw of training questions, for one variant more than another"
        : "draw and seed, for one variant more than another";
  }

  private static List<String> notesOfDraws(boolean apart) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "variant, draw of training questions and seed: components of a crossed random model, variants by draws (Searle et al. 1992); test questions: sampling as many, the same for all variants, which paired tests cancel out");
    if (!apart) {
      notes.add("draw and seed: one seed on each draw cannot tell the two apart");
    }
    return notes;
  }

  private static List<Cell> row(String name, double variance, VarianceParts parts) {
    return List.of(
        new Cell.Words(name),
        new Cell.Score(Math.sqrt(variance), DECIMALS),
        new Cell.Score(100 * variance / parts.total(), 1));
  }
}
