package dev.fusebox.results.report;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.score.Score;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scored files as tables: accuracy by category as the papers print it, nearness of texts, and every
 * pair of files compared over the questions both answer.
 */
public final class ScoreSheet {

  /** Of the numbers in its tables. */
  static final int DECIMALS = 2;

  private final String setting;
  private final List<Category> categories;
  private final List<Question> questions;
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

  /** The questions of the split. */
  List<Question> questions() {
    return questions;
  }

  /** The data and the split, in words. */
  String setting() {
    return setting;
  }

  /** All tables that have something to say. */
  public List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    FileAccuracyTable.of(this).ifPresent(tables::add);
    FileCleanTable.of(this).ifPresent(tables::add);
    FileVqaTable.of(this).ifPresent(tables::add);
    FileTextTable.of(this).ifPresent(tables::add);
    FileComparisonTable.of(this).ifPresent(tables::add);
    return tables;
  }

  /** Those of the questions that are nearly training questions. */
  Leaks leaks() {
    return leaks;
  }

  /** Every pair of files that answers some question both. */
  public List<FileComparison> compared() {
    return FileComparison.all(graded());
  }

  /** The marks of the files that hold answers to choose from. */
  Map<String, Graded> graded() {
    Map<String, Graded> graded = new LinkedHashMap<>();
    scores.forEach((name, score) -> score.answers().ifPresent(marks -> graded.put(name, marks)));
    return graded;
  }
}
