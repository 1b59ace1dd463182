package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.score.Spread;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Accuracy on the test questions that are not nearly training questions, beside that on all. */
final class CleanTable {

  private static final double LEVEL = 0.95;

  private final Report report;
  private final Leaks leaks;
  private final AblationScores scores;

  private CleanTable(Report report, Leaks leaks) {
    this.report = report;
    this.leaks = leaks;
    this.scores = new AblationScores(report.ablation(), Grader.strict());
  }

  /** The table; empty where no test question is a near-duplicate of a training question. */
  static Optional<Table> of(Report report) {
    return report
        .leaks()
        .filter(leaks -> leaks.count() > 0)
        .map(leaks -> new CleanTable(report, leaks).table());
  }

  private Table table() {
    List<List<Cell>> rows =
        report.ablation().variants().stream()
            .filter(variant -> !scores.seeds(variant).isEmpty())
            .map(this::row)
            .toList();
    List<Column> columns = new ArrayList<>(columns(report.test().size(), leaks));
    columns.add(Column.number(RunCount.heading(report.ablation())));
    List<String> notes = new ArrayList<>(rules(leaks));
    notes.add("CI: Wilson's, each question counted once");
    return new Table(
        "Without near-duplicates of training questions",
        List.of("accuracy % ↑ [95% CI]", report.data()),
        columns,
        List.of(rows),
        notes);
  }

  /** All questions, and the two parts of them. */
  static List<Column> columns(int questions, Leaks leaks) {
    return List.of(
        Column.words(""),
        Column.estimate("all " + questions),
        Column.estimate("the %d others".formatted(questions - leaks.count())),
        Column.estimate("the %d near-duplicates".formatted(leaks.count())));
  }

  /** What was taken for near. */
  static List<String> rules(Leaks leaks) {
    return leaks.unseen() == 0
        ? List.of(Leaks.rule())
        : List.of(
            Leaks.rule(),
            "of %s the picture is not there, so the text decides"
                .formatted(Numbers.count(leaks.unseen(), "question")));
  }

  private List<Cell> row(String variant) {
    return List.of(
        new Cell.Words(variant),
        cell(variant, question -> true),
        cell(variant, question -> !leaks.contains(question)),
        cell(variant, leaks::contains),
        new Cell.Count(scores.seeds(variant).size()));
  }

  private Cell cell(String variant, Predicate<Question> which) {
    int n = (int) report.test().stream().filter(which).count();
    if (n == 0) {
      return new Cell.Empty();
    }
    Spread percent = scores.spread(variant, (Graded marks) -> marks.among(which).percent());
    return new Cell.Estimate(
        percent.mean(),
        Optional.of(Interval.wilson(percent.mean() / 100, n, LEVEL).times(100)),
        scores.decimals());
  }
}
