package dev.fusebox.results.report;

import dev.fusebox.questions.change.Paraphrase;
import dev.fusebox.questions.change.QuestionChange;
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
          Column.number("left out"),
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
          "n: questions that were changed, in all seeds; left out: those to which it cannot be done, as they lack what is"
              + " to be changed or their rationale stays as it was",
          "expected: what a model that understands would do; as expected: the share of answers that are the same, right, or the"
              + " one argued for (other answer); no better than chance: accuracy less chance, in points, of which 0 is as"
              + " expected; open: whether they change is what is asked",
          "drops: accuracy is lower than before by the exact paired test over the questions, Holm"
              + " over all rows; goes by the letter: more answers keep their letter than their option, by McNemar's exact test",
          "guesses: the CI of the accuracy reaches down to chance, without it or with it, too; keeps to no answer: the CI of the share of same answers reaches down to"
              + " chance",
          "does not look, is not used: the CI of the answers changed lies below %1$s %% of them; is used: it lies above; cannot tell: %1$s %% lies in it"
              .formatted(Math.round(100 * ChangeVerdict.SMALLEST)),
          "CI: Wilson's, each question counted once");

  private ChangeTable() {}

  private record Row(String variant, ChangeScores scores) {}

  /** The table; empty if no run was asked changed questions. */
  public static Optional<Table> of(Report report) {
    List<Row> rows = new ArrayList<>();
    ChangeScores.byVariant(report)
        .forEach((variant, own) -> own.forEach(scores -> rows.add(new Row(variant, scores))));
    return rows.isEmpty() ? Optional.empty() : Optional.of(table(report, rows));
  }

  private static Table table(Report report, List<Row> rows) {
    List<Double> adjusted = Holm.adjust(rows.stream().map(row -> row.scores().p()).toList());
    Map<String, List<List<Cell>>> sections = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      sections
          .computeIfAbsent(rows.get(i).variant(), variant -> new ArrayList<>())
          .add(cells(rows.get(i), report.test().size(), adjusted.get(i)));
    }
    return new Table(
        "How the answers change when the questions are changed",
        List.of("% [95% CI]", report.data(), Numbers.count(report.test().size(), "test question")),
        COLUMNS,
        List.copyOf(sections.values()),
        notes(report, rows));
  }

  private static List<String> notes(Report report, List<Row> rows) {
    List<String> notes = new ArrayList<>(NOTES);
    if (rows.stream().anyMatch(row -> row.scores().change() == QuestionChange.PARAPHRASE)) {
      long byRule =
          report.test().stream()
              .filter(question -> Paraphrase.isByRule(question.question()))
              .count();
      notes.add(
          "paraphrase: a rule puts %d of %d questions in other words, the others keep theirs behind \"%s\""
              .formatted(byRule, report.test().size(), Paraphrase.FRAME.strip()));
    }
    return notes;
  }

  private static Cell expected(ChangeScores scores) {
    return Double.isNaN(scores.expected())
        ? new Cell.Words("open")
        : new Cell.Estimate(
            100 * scores.expected(), Optional.of(scores.expectedInterval().times(100)), DECIMALS);
  }

  private static List<Cell> cells(Row row, int asked, double p) {
    ChangeScores scores = row.scores();
    return List.of(
        new Cell.Words(row.variant()),
        new Cell.Words(scores.change().label()),
        new Cell.Count(scores.n()),
        new Cell.Count(asked - scores.n()),
        new Cell.Score(100 * scores.before(), DECIMALS),
        estimate(scores, scores.after()),
        new Cell.Score(100 * scores.chance(), DECIMALS),
        estimate(scores, scores.changed()),
        new Cell.Words(scores.change().expectation().words()),
        expected(scores),
        new Cell.Probability(p),
        new Cell.Words(ChangeVerdict.of(scores, p).words()));
  }

  private static Cell estimate(ChangeScores scores, double share) {
    return new Cell.Estimate(100 * share, Optional.of(scores.interval(share).times(100)), DECIMALS);
  }
}
