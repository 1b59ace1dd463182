package dev.fusebox.results.report;

import dev.fusebox.results.score.SentenceSimilarity;
import dev.fusebox.results.score.Spread;
import dev.fusebox.results.score.TextMetric;
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
    Map<String, List<StagePredictions>> written = written(report);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<TextScores>> scores = new LinkedHashMap<>();
    written.forEach((variant, seeds) -> scores.put(variant, scores(seeds, similarity)));
    List<TextMetric> metrics = TextMetric.of(scores.values().stream().flatMap(List::stream));
    List<List<Cell>> rows = new ArrayList<>();
    written.forEach(
        (variant, seeds) -> rows.add(row(variant, seeds, scores.get(variant), metrics)));
    return Optional.of(
        new Table(
            "Similarity of the rationales to the gold ones",
            List.of("% ↑", report.data(), Numbers.count(report.test().size(), "test question")),
            columns(metrics, RunCount.heading(report.ablation())),
            List.of(rows),
            List.of(TextMetric.note(metrics), INTERVALS)));
  }

  private static Map<String, List<StagePredictions>> written(Report report) {
    Map<String, List<StagePredictions>> written = new LinkedHashMap<>();
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

  private static List<Column> columns(List<TextMetric> metrics, String runs) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    for (TextMetric metric : metrics) {
      String name = metric.heading();
      columns.add(Column.number(name, name, name + " sd", name + " " + runs));
      columns.add(Column.number("95% CI", name + " low", name + " high").whereSpace());
    }
    columns.add(Column.number("n").afterRule());
    columns.add(Column.number(runs));
    columns.add(Column.words("decoding"));
    return columns;
  }

  private static List<TextScores> scores(
      List<StagePredictions> seeds, Optional<SentenceSimilarity> similarity) {
    return seeds.stream().map(seed -> TextScores.of(seed.texts(), similarity)).toList();
  }

  private static List<Cell> row(
      String variant,
      List<StagePredictions> seeds,
      List<TextScores> scores,
      List<TextMetric> metrics) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(variant)));
    for (TextMetric metric : metrics) {
      List<Double> values = scores.stream().map(seed -> seed.percent(metric)).toList();
      row.add(new Cell.Averaged(Spread.of(values), DECIMALS));
      row.add(
          TextScores.interval(metric, scores)
              .<Cell>map(interval -> new Cell.Range(interval, DECIMALS, false))
              .orElse(new Cell.Empty()));
    }
    row.add(new Cell.Count(seeds.get(0).texts().size()));
    row.add(new Cell.Count(seeds.size()));
    row.add(
        new Cell.Words(
            seeds.stream()
                .map(StagePredictions::decoding)
                .distinct()
                .collect(Collectors.joining("; "))));
    return row;
  }
}
