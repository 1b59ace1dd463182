package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import dev.fusebox.results.score.Holm;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What becomes of the answers of an experiment's variants when the questions are changed. */
public final class ChangeTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF =
      List.of("", "change", "n", "accuracy before", "after", "verdict");

  private static final int DECIMALS = 1;
  private static final List<Column> COLUMNS =
      List.of(
          Column.words(""),
          Column.words("change"),
          Column.number("n"),
          Column.number("accuracy before"),
          Column.estimate("after"),
          Column.number("chance"),
          Column.estimate("answers changed"),
          Column.words("expected").afterRule(),
          Column.estimate("as expected"),
          new Column("paired test", List.of("p (Holm)"), true, false, false),
          Column.words("verdict"));
  private static final List<String> NOTES =
      List.of(
          "expected: what a model that understands would do; as expected: the share of answers that"
              + " are so",
          "drops: accuracy is lower than before by the exact paired test over the questions, Holm"
              + " over all rows; goes by the letter: more answers keep their letter than their option, by McNemar's exact test",
          "guesses: the CI of the accuracy reaches down to chance, without it or with it, too; does not look: no"
              + " answer changes with the picture; keeps to no answer: the CI of the share of same answers reaches down to"
              + " chance",
          "CI: Wilson's, each question counted once");

  private ChangeTable() {}

  private record Row(String variant, ChangeScores scores) {}

  /** The table; empty if no run was asked changed questions. */
  public static Optional<Table> of(Report report) {
    Map<String, Question> questions =
        report.test().stream().collect(Collectors.toMap(Question::id, Function.identity()));
    Map<String, List<ReportedRun>> runs = new LinkedHashMap<>();
    report
        .runs()
        .forEach(
            run ->
                runs.computeIfAbsent(run.result().variant(), name -> new ArrayList<>()).add(run));
    List<Row> rows = new ArrayList<>();
    runs.forEach(
        (variant, own) ->
            ChangeScores.of(own, questions).forEach(scores -> rows.add(new Row(variant, scores))));
    return rows.isEmpty() ? Optional.empty() : Optional.of(table(report, rows));
  }

  private static Table table(Report report, List<Row> rows) {
    List<Double> adjusted = Holm.adjust(rows.stream().map(row -> row.scores().p()).toList());
    Map<String, List<List<Cell>>> sections = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      sections
          .computeIfAbsent(rows.get(i).variant(), variant -> new ArrayList<>())
          .add(cells(rows.get(i), adjusted.get(i)));
    }
    return new Table(
        "How the answers change when the questions are changed",
        List.of("% [95% CI]", report.data(), Numbers.count(report.test().size(), "test question")),
        COLUMNS,
        List.copyOf(sections.values()),
        NOTES);
  }

  private static List<Cell> cells(Row row, double p) {
    ChangeScores scores = row.scores();
    return List.of(
        new Cell.Words(row.variant()),
        new Cell.Words(scores.change().label()),
        new Cell.Count(scores.n()),
        new Cell.Score(100 * scores.before(), DECIMALS),
        estimate(scores, scores.after()),
        new Cell.Score(100 * scores.chance(), DECIMALS),
        estimate(scores, scores.changed()),
        new Cell.Words(scores.change().expectation().words()),
        Double.isNaN(scores.expected()) ? new Cell.Empty() : estimate(scores, scores.expected()),
        new Cell.Probability(p),
        new Cell.Words(ChangeVerdict.of(scores, p).words()));
  }

  private static Cell estimate(ChangeScores scores, double share) {
    return new Cell.Estimate(100 * share, Optional.of(scores.interval(share).times(100)), DECIMALS);
  }
}
