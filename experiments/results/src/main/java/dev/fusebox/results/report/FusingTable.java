package dev.fusebox.results.report;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.fusing.CrossedAnswers;
import dev.fusebox.results.fusing.FusingMetric;
import dev.fusebox.results.fusing.FusingScores;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the variants of an experiment fuse at all, over their seeds. */
public final class FusingTable {

  /** The columns that say the most; few enough for a terminal. */
  static final List<String> BRIEF =
      List.of("", "accuracy", "EMAP", "lost by EMAP", "perceptual, picture", "n");

  private static final int DECIMALS = 1;
  private static final List<String> NOTES =
      List.of(
          "each text is paired with the picture of every question with as many options; an absent modality is replaced by random draws from them",
          "EMAP: accuracy of the closest additive model, a function of the text plus one of the picture (Hessel and Lee 2020); lost by EMAP: the contribution of their interaction, in points",
          "perceptual: share of the accuracy lost when pictures, or texts, are permuted (Gat"
              + " et al. 2021)",
          "SHAPE: Shapley values of picture and text in accuracy, and their cooperation, in points"
              + " (Hu et al. 2022); InterSHAP: share of the interaction in the total effect of both on the chosen option's probability (Wenderoth et al. 2025)",
          "CI: 2,000 bootstrap resamples of the questions");

  private FusingTable() {}

  /** The table; empty if no run was asked texts beside the pictures of others. */
  public static Optional<Table> of(Report report) {
    Map<String, List<CrossedAnswers>> variants = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      if (!run.tested().crossed().isEmpty()) {
        variants
            .computeIfAbsent(run.result().variant(), variant -> new ArrayList<>())
            .add(CrossedAnswers.of(run.tested().crossed()));
      }
    }
    if (variants.isEmpty()) {
      return Optional.empty();
    }
    List<List<Cell>> rows = new ArrayList<>();
    variants.forEach((variant, seeds) -> rows.add(row(variant, seeds)));
    return Optional.of(
        new Table(
            "Does it fuse at all?",
            List.of("% [95% CI]", report.data(), "questions with a picture", "options ranked"),
            RunCount.behind(columns(), report),
            List.of(rows),
            NOTES));
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    for (FusingMetric metric : FusingMetric.values()) {
      columns.add(Column.estimate(metric.heading()));
    }
    columns.add(Column.number("n").afterRule());
    return columns;
  }

  private static List<Cell> row(String variant, List<CrossedAnswers> seeds) {
    FusingScores scores = FusingScores.of(seeds);
    Map<FusingMetric, Optional<Interval>> intervals = scores.intervals();
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(variant)));
    for (FusingMetric metric : FusingMetric.values()) {
      row.add(
          new Cell.Estimate(
              100 * scores.value(metric),
              intervals.get(metric).map(interval -> interval.times(100)),
              DECIMALS));
    }
    row.add(new Cell.Count(scores.n()));
    row.add(new Cell.Count(seeds.size()));
    return row;
  }
}
