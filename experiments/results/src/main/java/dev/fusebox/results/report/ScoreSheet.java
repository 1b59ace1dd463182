package dev.fusebox.results.report;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.score.OpenAnswers;
import dev.fusebox.results.score.Score;
import dev.fusebox.results.score.TextMetric;
import dev.fusebox.results.score.TextScores;
import dev.fusebox.results.score.UnreadableAnswer;
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

/**
 * Scored files as tables: accuracy by category as the papers print it, nearness of texts, and every
 * pair of files compared over the questions both answer.
 */
public final class ScoreSheet {

  private static final int DECIMALS = 2;
  private static final double LEVEL = 0.95;

  /** How many unreadable answers are shown. */
  static final int EXAMPLES = 3;

  private final String setting;
  private final List<Category> categories;
  private final List<Question> questions;
  private final UnknownCategories unknown;
  private final Leaks leaks;
  private final Map<String, Score> scores = new LinkedHashMap<>();

  /**
   * A sheet over a split of which nobody knows what leaked.
   *
   * @param setting the data and the split, in words
   * @param categories of the data
   * @param questions of the split
   */
  public ScoreSheet(
      String setting, List<Category> categories, List<Question> questions, List<Score> scores) {
    this(setting, categories, questions, scores, Leaks.NONE);
  }

  /**
   * A sheet over a split.
   *
   * @param setting the data and the split, in words
   * @param categories of the data
   * @param questions of the split
   * @param leaks those of them that are nearly training questions
   */
  public ScoreSheet(
      String setting,
      List<Category> categories,
      List<Question> questions,
      List<Score> scores,
      Leaks leaks) {
    this.leaks = leaks;
    this.setting = setting;
    this.categories = List.copyOf(categories);
    this.questions = List.copyOf(questions);
    this.unknown = new UnknownCategories(categories, questions);
    List<String> names = ShortNames.of(scores.stream().map(Score::file).toList());
    for (int i = 0; i < names.size(); i++) {
      this.scores.put(names.get(i), scores.get(i));
    }
  }

  /** The scores by the shortest names that tell the files apart. */
  public Map<String, Score> scores() {
    return new LinkedHashMap<>(scores);
  }

  /** The categories of the data. */
  List<Category> categories() {
    return categories;
  }

  /** How many questions the split has. */
  int questions() {
    return questions.size();
  }

  /** All tables that have something to say. */
  public List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    answers().ifPresent(tables::add);
    clean().ifPresent(tables::add);
    open().ifPresent(tables::add);
    texts().ifPresent(tables::add);
    comparisons().ifPresent(tables::add);
    return tables;
  }

  private Optional<Table> answers() {
    Map<String, Graded> graded = graded();
    if (graded.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    for (Category category : categories) {
      columns.add(Column.number(category.label()));
    }
    for (AnswerMetric metric : AnswerMetric.values()) {
      columns.addAll(metric.columns());
    }
    List<List<Cell>> rows = new ArrayList<>();
    graded.forEach((name, marks) -> rows.add(row(name, marks)));
    return Optional.of(
        new Table(
            "Accuracy of the answers",
            List.of("accuracy % ↑", setting, Numbers.count(questions.size(), "question")),
            columns,
            List.of(rows, counts()),
            notes(graded)));
  }

  /** Those of the questions that are nearly training questions. */
  Leaks leaks() {
    return leaks;
  }

  private Optional<Table> clean() {
    Map<String, Graded> graded = graded();
    if (graded.isEmpty() || leaks.count() == 0) {
      return Optional.empty();
    }
    List<List<Cell>> rows = new ArrayList<>();
    graded.forEach((name, marks) -> rows.add(cleanRow(name, marks)));
    List<String> notes = new ArrayList<>(CleanTable.rules(leaks));
    notes.add("CI: Wilson's, over the questions that a file answers");
    return Optional.of(
        new Table(
            "Without near-duplicates of training questions",
            List.of("accuracy % ↑ [95% CI]", setting),
            List.of(
                Column.words(""),
                Column.estimate("all " + questions.size()),
                Column.estimate("the %d others".formatted(questions.size() - leaks.count())),
                Column.estimate("the %d near-duplicates".formatted(leaks.count()))),
            List.of(rows),
            notes));
  }

  private List<Cell> cleanRow(String name, Graded marks) {
    return List.of(
        new Cell.Words(name),
        cell(marks.average()),
        cell(marks.among(question -> !leaks.contains(question))),
        cell(marks.among(leaks::contains)));
  }

  private static Cell cell(Proportion share) {
    return share.isEmpty()
        ? new Cell.Empty()
        : new Cell.Estimate(share.percent(), Optional.of(share.wilson(LEVEL).times(100)), DECIMALS);
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
    List<UnreadableAnswer> answers = scores.get(name).unreadable();
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

  private Optional<Table> open() {
    List<List<Cell>> rows = new ArrayList<>();
    scores.forEach((name, score) -> score.open().ifPresent(open -> rows.add(row(name, open))));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Accuracy of free-form answers (VQA)",
                List.of("VQA accuracy % ↑", setting),
                List.of(
                    Column.words(""),
                    Column.number("vqa"),
                    Column.number("95% CI", "vqa low", "vqa high"),
                    Column.number("n")),
                List.of(rows),
                List.of(
                    "vqa: min(1, number of people who gave that answer / 3), after the normalisation of VQA's evaluation code; an answer that names an option counts as that option's text",
                    "n: the questions with free-form answers in the data; CI: 10,000 bootstrap resamples"
                        + " of them")));
  }

  private static List<Cell> row(String name, OpenAnswers open) {
    return List.of(
        new Cell.Words(name),
        new Cell.Score(open.percent(), DECIMALS),
        new Cell.Range(open.interval(), DECIMALS, false),
        new Cell.Count(open.n()));
  }

  private Optional<Table> texts() {
    List<TextMetric> metrics =
        TextMetric.of(scores.values().stream().flatMap(score -> score.rationales().stream()));
    List<List<Cell>> rows = new ArrayList<>();
    scores.forEach(
        (name, score) -> score.rationales().ifPresent(t -> rows.add(row(name, t, metrics))));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    metrics.forEach(metric -> columns.add(Column.number(metric.heading())));
    columns.add(Column.number("n"));
    return Optional.of(
        new Table(
            "Similarity of the texts to their targets",
            List.of("% ↑", setting),
            columns,
            List.of(rows),
            List.of(TextMetric.note(metrics))));
  }

  private static List<Cell> row(String name, TextScores texts, List<TextMetric> metrics) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(name)));
    metrics.forEach(metric -> row.add(new Cell.Score(texts.percent(metric), DECIMALS)));
    row.add(new Cell.Count(texts.n()));
    return row;
  }

  private Optional<Table> comparisons() {
    List<FileComparison> comparisons = compared();
    if (comparisons.isEmpty()) {
      return Optional.empty();
    }
    List<List<Cell>> rows = comparisons.stream().map(ScoreSheet::row).toList();
    return Optional.of(
        new Table(
            "The same questions, file against file",
            List.of("points of accuracy", setting),
            List.of(
                Column.words("first"),
                Column.words("second"),
                Column.number("only first right"),
                Column.number("only second right"),
                Column.number("n"),
                Column.number("first − second", "difference"),
                Column.number("95% CI", "low", "high"),
                Column.number("McNemar", "p"),
                Column.number("Holm", "p (Holm)")),
            List.of(rows),
            List.of(
                "CI: 10,000 paired bootstrap resamples of the questions; McNemar: exact, two-sided;"
                    + " Holm over "
                    + Numbers.count(rows.size(), "comparison"))));
  }

  private static List<Cell> row(FileComparison pair) {
    return List.of(
        new Cell.Words(pair.comparison().variant()),
        new Cell.Words(pair.comparison().control()),
        new Cell.Count(pair.counts().onlyFirst()),
        new Cell.Count(pair.counts().onlySecond()),
        new Cell.Count(pair.n()),
        new Cell.Points(pair.comparison().difference(), DECIMALS),
        new Cell.Range(pair.comparison().interval(), DECIMALS, true),
        new Cell.Probability(pair.comparison().p()),
        new Cell.Probability(pair.comparison().adjusted()));
  }

  /** Every pair of files that answers some question both. */
  public List<FileComparison> compared() {
    return FileComparison.all(graded());
  }

  private Map<String, Graded> graded() {
    Map<String, Graded> graded = new LinkedHashMap<>();
    scores.forEach((name, score) -> score.answers().ifPresent(marks -> graded.put(name, marks)));
    return graded;
  }
}
