package dev.fusebox.results.paper;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.ScienceQaCategory;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.report.AblationScores;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.UnknownCategories;
import dev.fusebox.results.score.Spread;
import dev.fusebox.results.score.TextMetric;
import dev.fusebox.results.score.TextScores;
import dev.fusebox.results.table.Cell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A published number, and ours to compare with it.
 *
 * @param name a category, {@code Avg}, {@code accuracy} or {@code RougeL}
 * @param category empty where it is over all questions
 * @param number as published
 */
record PublishedFigure(String name, Optional<Category> category, OptionalDouble number) {

  /** ROUGE-L of the rationales. */
  static final String ROUGE_L = "RougeL";

  private static final String ROUGE_L_COLUMN = "rougeL";
  private static final String AVERAGE = "Avg";
  private static final int DECIMALS = 2;
  private static final double LEVEL = 0.95;

  /** Accuracy without a published number. */
  static PublishedFigure unpublished() {
    return new PublishedFigure("accuracy", Optional.empty(), OptionalDouble.empty());
  }

  /**
   * The published numbers of a row that we also compute.
   *
   * @param accuracy the column of the accuracy over all questions
   */
  static List<PublishedFigure> published(String table, String row, String accuracy) {
    List<PublishedFigure> figures = new ArrayList<>();
    for (String column : PaperTables.figures(table, row)) {
      OptionalDouble number = PaperTables.number(table, row, column);
      Optional<Category> category =
          Arrays.<Category>stream(ScienceQaCategory.values())
              .filter(each -> each.label().equals(column))
              .findFirst();
      if (category.isPresent()) {
        figures.add(new PublishedFigure(column, category, number));
      } else if (column.equals(ROUGE_L_COLUMN)) {
        figures.add(new PublishedFigure(ROUGE_L, category, number));
      } else if (column.equals(accuracy)) {
        String name = column.equals(AVERAGE) ? AVERAGE : "accuracy";
        figures.add(new PublishedFigure(name, category, number));
      }
    }
    return figures;
  }

  /** Name, ours, its interval, n, seeds, published, difference. */
  List<Cell> cells(String variant, Report report, AblationScores scores) {
    Optional<Spread> ours = ours(variant, report, scores);
    List<Cell> cells = new ArrayList<>(List.of(new Cell.Words(name)));
    cells.add(
        ours.<Cell>map(spread -> new Cell.Averaged(spread, DECIMALS))
            .orElseGet(() -> new Cell.Words(missing(variant, scores))));
    cells.add(ours.map(spread -> interval(spread, report)).orElseGet(Cell.Empty::new));
    cells.add(new Cell.Count(n(report)));
    cells.add(new Cell.Count(scores.seeds(variant).size()));
    cells.add(
        number.isPresent() ? new Cell.Score(number.getAsDouble(), DECIMALS) : new Cell.Empty());
    cells.add(
        ours.isPresent() && number.isPresent()
            ? new Cell.Points(ours.get().mean() - number.getAsDouble(), DECIMALS)
            : new Cell.Empty());
    return cells;
  }

  private String missing(String variant, AblationScores scores) {
    if (scores.seeds(variant).isEmpty()) {
      return scores.instead(variant);
    }
    return category.isPresent() ? "unknown" : "no rationales";
  }

  /** Wilson's over the questions; a ROUGE is no share of them and has none. */
  private Cell interval(Spread percent, Report report) {
    if (name.equals(ROUGE_L) || Double.isNaN(percent.mean())) {
      return new Cell.Empty();
    }
    Interval interval = Interval.wilson(percent.mean() / 100, n(report), LEVEL).times(100);
    return new Cell.Range(interval, DECIMALS, false);
  }

  private int n(Report report) {
    return (int)
        report.test().stream()
            .filter(question -> category.map(c -> c.contains(question)).orElse(true))
            .count();
  }

  private Optional<Spread> ours(String variant, Report report, AblationScores scores) {
    if (name.equals(ROUGE_L)) {
      return rougeL(variant, report);
    }
    boolean unknown =
        category
            .filter(c -> new UnknownCategories(report.categories(), report.test()).count(c) > 0)
            .isPresent();
    if (scores.seeds(variant).isEmpty() || unknown) {
      return Optional.empty();
    }
    ToDoubleFunction<Graded> percent =
        marks -> category.map(marks::in).orElseGet(marks::average).percent();
    return Optional.of(scores.spread(variant, percent));
  }

  private static Optional<Spread> rougeL(String variant, Report report) {
    List<Double> seeds =
        report.runs().stream()
            .filter(run -> run.result().variant().equals(variant))
            .flatMap(run -> run.rationales().stream())
            .map(stage -> rougeL(stage.texts()))
            .toList();
    return seeds.isEmpty() ? Optional.empty() : Optional.of(Spread.of(seeds));
  }

  private static double rougeL(List<Prediction> rationales) {
    return TextScores.of(rationales).percent(TextMetric.ROUGE_L_STEMMED);
  }
}
