package dev.fusebox.results.report;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.results.score.UnreadableAnswer;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Accuracy of files of answers, by category as the papers print it. */
final class FileAccuracyTable {

  /** How many unreadable answers are shown. */
  static final int EXAMPLES = 3;

  private static final int DECIMALS = ScoreSheet.DECIMALS;

  private final ScoreSheet sheet;
  private final List<Category> categories;
  private final List<Question> questions;
  private final UnknownCategories unknown;

  private FileAccuracyTable(ScoreSheet sheet) {
    this.sheet = sheet;
    this.categories = sheet.categories();
    this.questions = sheet.questions();
    this.unknown = new UnknownCategories(categories, questions);
  }

  /** The table; empty where no file holds answers to choose from. */
  static Optional<Table> of(ScoreSheet sheet) {
    return sheet.graded().isEmpty()
        ? Optional.empty()
        : Optional.of(new FileAccuracyTable(sheet).table(sheet.graded()));
  }

  private Table table(Map<String, Graded> graded) {
    List<List<Cell>> rows = new ArrayList<>();
    graded.forEach((name, marks) -> rows.add(row(name, marks)));
    return new Table(
        "Accuracy of the answers",
        List.of("accuracy % ↑", sheet.setting(), Numbers.count(questions.size(), "question")),
        columns(),
        List.of(rows, counts()),
        notes(graded));
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    for (Category category : categories) {
      columns.add(Column.number(category.label()));
    }
    for (AnswerMetric metric : AnswerMetric.values()) {
      columns.addAll(metric.columns());
    }
    return columns;
  }

  private List<Cell> row(String name, Graded marks) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(name)));
    for (Category category : categories) {
      row.add(
          new UnknownCategories(categories, marks.questions())
              .unless(category, () -> new Cell.Score(marks.in(category).percent(), DECIMALS)));
    }
    for (AnswerMetric metric : AnswerMetric.values()) {
      row.addAll(metric.cells(marks, DECIMALS));
    }
    return row;
  }

  /** How many questions are known to be in each category, and how many cannot be placed. */
  private List<List<Cell>> counts() {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(counts("n", category -> (int) questions.stream().filter(category::contains).count()));
    if (unknown.any()) {
      rows.add(counts("unknown", unknown::count));
    }
    return rows;
  }

  private List<Cell> counts(String name, Function<Category, Integer> count) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(name)));
    for (Category category : categories) {
      row.add(new Cell.Count(count.apply(category)));
    }
    for (AnswerMetric metric : AnswerMetric.values()) {
      metric.columns().forEach(column -> row.add(new Cell.Empty()));
    }
    return row;
  }

  private List<String> notes(Map<String, Graded> graded) {
    List<String> notes = new ArrayList<>();
    if (unknown.any()) {
      notes.add(UnknownCategories.NOTE);
    }
    graded.forEach((name, marks) -> missing(name, marks.average()).ifPresent(notes::add));
    graded.keySet().forEach(name -> unreadable(name).ifPresent(notes::add));
    return notes;
  }

  private Optional<String> missing(String name, Proportion answered) {
    if (answered.n() == questions.size()) {
      return Optional.empty();
    }
    if (answered.isEmpty()) {
      return Optional.of("%s answers none of %,d questions".formatted(name, questions.size()));
    }
    double all = new Proportion(answered.correct(), questions.size()).percent();
    return Optional.of(
        "%s answers %,d of %,d questions; its score is over those, and %s over all"
            .formatted(name, answered.n(), questions.size(), Numbers.fixed(all, DECIMALS)));
  }

  private Optional<String> unreadable(String name) {
    List<UnreadableAnswer> answers = sheet.scores().get(name).unreadable();
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    String examples =
        answers.stream()
            .limit(EXAMPLES)
            .map(UnreadableAnswer::shown)
            .collect(Collectors.joining(", "));
    String form =
        UnreadableAnswer.formOf(answers)
            .map(words -> "; --answers '" + words + "' would read them")
            .orElse("");
    return Optional.of(
        "%s: %,d of its answers name no option of their question, such as %s%s"
            .formatted(name, answers.size(), examples, form));
  }
}
