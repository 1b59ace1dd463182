package dev.fusebox.results.report;

import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.mark.AnswerForm;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.score.OpenAnswers;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The soft accuracy of a report's variants, as a column of its first table, where people answered
 * test questions in their own words.
 */
final class DirectAnswersColumn {

  private static final int DECIMALS = 1;
  private static final AnswerForm SENTENCE = new AnswerForm.Sentence();

  private DirectAnswersColumn() {}

  /** The table with the column; as it is, where nobody answered in their own words. */
  static Table join(Table table, Report report) {
    Map<String, OpenAnswers> variants = variants(report);
    if (variants.isEmpty()) {
      return table;
    }
    List<Column> columns = new ArrayList<>(table.columns());
    columns.add(Column.estimate("direct answers").afterRule());
    List<List<List<Cell>>> sections = new ArrayList<>();
    for (int section = 0; section < table.sections().size(); section++) {
      boolean first = section == 0;
      List<String> names = first ? report.ablation().variants() : List.of();
      sections.add(joined(table.sections().get(section), names, variants));
    }
    int n = variants.values().iterator().next().n();
    return new Table(table.title(), table.context(), columns, sections, table.notes())
        .noting(
            List.of(
                "direct answers: VQA accuracy, min(1, people who gave that answer / 3), of the option's words or of what was written, over the %d test questions that people answered in their own words [95%% CI, 10,000 bootstrap resamples of these]"
                    .formatted(n)));
  }

  /**
   * The rows with their cells.
   *
   * @param names of the rows' variants, in their order; none of rows without
   */
  private static List<List<Cell>> joined(
      List<List<Cell>> rows, List<String> names, Map<String, OpenAnswers> variants) {
    List<List<Cell>> joined = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<Cell> row = new ArrayList<>(rows.get(i));
      OpenAnswers open = i < names.size() ? variants.get(names.get(i)) : null;
      row.add(open == null ? new Cell.Empty() : cell(open));
      joined.add(row);
    }
    return joined;
  }

  private static Cell cell(OpenAnswers open) {
    return new Cell.Estimate(open.percent(), Optional.of(open.interval()), DECIMALS);
  }

  /** Of each variant with a finished run. */
  private static Map<String, OpenAnswers> variants(Report report) {
    Map<String, List<OpenAnswers>> seeds = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      if (run.result() instanceof RunResult.Finished finished) {
        of(report, finished)
            .ifPresent(
                open ->
                    seeds.computeIfAbsent(finished.variant(), name -> new ArrayList<>()).add(open));
      }
    }
    Map<String, OpenAnswers> variants = new LinkedHashMap<>();
    seeds.forEach((variant, runs) -> variants.put(variant, OpenAnswers.mean(runs)));
    return variants;
  }

  private static Optional<OpenAnswers> of(Report report, RunResult.Finished run) {
    Map<String, String> texts =
        run.predictions().stream().collect(Collectors.toMap(Prediction::id, Prediction::text));
    return OpenAnswers.written(report.test(), texts, SENTENCE, report.directAnswers());
  }
}
