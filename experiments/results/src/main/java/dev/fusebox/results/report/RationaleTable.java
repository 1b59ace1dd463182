package dev.fusebox.results.report;

import dev.fusebox.results.score.SentenceSimilarity;
import dev.fusebox.results.score.Spread;
import dev.fusebox.results.score.TextScores;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How near the rationales of an experiment's variants are to the gold ones, over their seeds. */
public final class RationaleTable {

  private static final int DECIMALS = 1;
  private static final String INTERVALS =
      "CI: 10,000 bootstrap resamples of the questions; of exact, Wilson's";

  private RationaleTable() {}

  /**
   * The table; empty if no variant writes rationales.
   *
   * @param similarity of sentences, a column of its own where there is a model for it
   */
  public static Optional<Table> of(Report report, Optional<SentenceSimilarity> similarity) {
    Map<String, List<StageTexts>> written = written(report);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    List<TextFigure> figures = TextFigure.all(similarity.isPresent());
    List<List<Cell>> rows = new ArrayList<>();
    written.forEach((variant, seeds) -> rows.add(row(variant, seeds, figures, similarity)));
    return Optional.of(
        new Table(
            "Nearness of the rationales to the gold ones",
            List.of("% ↑", report.data(), Numbers.count(report.test().size(), "test question")),
            columns(figures),
            List.of(rows),
            List.of(TextFigure.note(similarity.isPresent()), INTERVALS)));
  }

  private static Map<String, List<StageTexts>> written(Report report) {
    Map<String, List<StageTexts>> written = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      run.rationales()
          .ifPresent(
              texts ->
                  written
                      .computeIfAbsent(run.result().variant(), variant -> new ArrayList<>())
                      .add(texts));
    }
    return written;
  }

  private static List<Column> columns(List<TextFigure> figures) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    for (TextFigure figure : figures) {
      String name = figure.heading();
      columns.add(Column.number(name, name, name + " sd", name + " seeds"));
      columns.add(Column.number("95% CI", name + " low", name + " high").whereSpace());
    }
    columns.add(Column.number("n").afterRule());
    columns.add(Column.number("seeds"));
    columns.add(Column.words("decoding"));
    return columns;
  }

  private static List<Cell> row(
      String variant,
      List<StageTexts> seeds,
      List<TextFigure> figures,
      Optional<SentenceSimilarity> similarity) {
    List<TextScores> scores =
        seeds.stream().map(seed -> TextScores.of(seed.texts(), similarity)).toList();
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(variant)));
    for (TextFigure figure : figures) {
      List<Double> values = scores.stream().map(figure.percent()::applyAsDouble).toList();
      row.add(new Cell.Averaged(Spread.of(values), DECIMALS));
      row.add(
          figure
              .interval()
              .apply(scores)
              .<Cell>map(interval -> new Cell.Range(interval, DECIMALS, false))
              .orElse(new Cell.Empty()));
    }
    row.add(new Cell.Count(seeds.get(0).texts().size()));
    row.add(new Cell.Count(seeds.size()));
    row.add(
        new Cell.Words(
            seeds.stream().map(StageTexts::decoding).distinct().collect(Collectors.joining("; "))));
    return row;
  }
}
