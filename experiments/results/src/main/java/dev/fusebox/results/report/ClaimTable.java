package dev.fusebox.results.report;

import dev.fusebox.lab.result.Claim;
import dev.fusebox.lab.store.ClaimsRecord;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.results.score.Holm;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What became of an experiment's claims. */
public final class ClaimTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF =
      List.of("claim", "difference", "95% CI", "n", "paired test", "verdict");

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("claim"),
          Column.number("difference"),
          new Column("95% CI", List.of("difference low", "difference high"), true, false, false),
          Column.number("n"),
          new Column("paired test", List.of("p (Holm)"), true, false, false),
          Column.words("verdict"),
          Column.words("stated"));

  private final Report report;
  private final AblationScores scores;

  private ClaimTable(Report report) {
    this.report = report;
    this.scores = new AblationScores(report.ablation(), Grader.strict());
  }

  /** The table; empty if nothing was claimed. */
  public static Optional<Table> of(Report report) {
    return report.claims().isEmpty()
        ? Optional.empty()
        : Optional.of(new ClaimTable(report).table());
  }

  private Table table() {
    List<Optional<VariantComparison>> found =
        report.claims().stream().map(stated -> compared(Claim.parse(stated.claim()))).toList();
    List<Double> adjusted =
        Holm.adjust(
            found.stream().map(each -> each.map(VariantComparison::p).orElse(1.0)).toList());
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      rows.add(row(report.claims().get(i), found.get(i), adjusted.get(i)));
    }
    return new Table(
        "Claims",
        List.of(
            "accuracy in points", report.data(), Numbers.count(report.claims().size(), "claim")),
        COLUMNS,
        List.of(rows),
        notes());
  }

  private List<String> notes() {
    String verdicts =
        "supported, or not: the exact paired test over the questions at 5%, Holm over all claims;"
            + " cannot tell: neither";
    return report.claims().stream().allMatch(ClaimsRecord.Stated::stands)
        ? List.of(verdicts)
        : List.of(
            verdicts,
            "withdrawn: no longer in the config when there were results; Holm counts it all the"
                + " same");
  }

  private Optional<VariantComparison> compared(Claim claim) {
    List<Graded> variant = among(claim, scores.runs(claim.variant()));
    List<Graded> control = among(claim, scores.runs(claim.control()));
    boolean asked = !variant.isEmpty() && !variant.get(0).questions().isEmpty();
    return asked && !control.isEmpty()
        ? Optional.of(Comparisons.compare(claim.variant(), claim.control(), variant, control))
        : Optional.empty();
  }

  private List<Graded> among(Claim claim, List<Graded> runs) {
    return runs.stream().map(run -> run.only(of(claim))).toList();
  }

  private Predicate<Question> of(Claim claim) {
    Optional<Category> category =
        report.categories().stream().filter(each -> each.label().equals(claim.among())).findFirst();
    return question ->
        category.map(each -> each.contains(question)).orElse(claim.among().isEmpty());
  }

  private static ClaimVerdict verdict(
      ClaimsRecord.Stated stated, Optional<VariantComparison> found, double adjusted) {
    return stated.stands()
        ? found
            .map(comparison -> ClaimVerdict.of(comparison.difference(), adjusted))
            .orElse(ClaimVerdict.NOT_MADE)
        : ClaimVerdict.WITHDRAWN;
  }

  private List<Cell> row(
      ClaimsRecord.Stated stated, Optional<VariantComparison> found, double adjusted) {
    Claim claim = Claim.parse(stated.claim());
    int n = (int) report.test().stream().filter(of(claim)).count();
    Cell words = new Cell.Words(stated.claim());
    Cell verdict = new Cell.Words(verdict(stated, found, adjusted).words());
    Cell since = new Cell.Words(since(stated, claim));
    if (found.isEmpty()) {
      return List.of(
          words,
          new Cell.Empty(),
          new Cell.Empty(),
          new Cell.Count(n),
          new Cell.Empty(),
          verdict,
          since);
    }
    VariantComparison comparison = found.get();
    return List.of(
        words,
        new Cell.Points(comparison.difference(), scores.decimals()),
        new Cell.Range(comparison.interval(), scores.decimals(), true),
        new Cell.Count(n),
        new Cell.Probability(adjusted),
        verdict,
        since);
  }

  /** A claim that is stated when its results are known is none. */
  private String since(ClaimsRecord.Stated stated, Claim claim) {
    Instant time = Instant.parse(stated.since());
    long known =
        report.runs().stream()
            .filter(
                run -> List.of(claim.variant(), claim.control()).contains(run.result().variant()))
            .filter(run -> run.known().filter(first -> first.isBefore(time)).isPresent())
            .count();
    return known == 0 ? "before the runs" : "after " + Numbers.count((int) known, "run");
  }
}
