package dev.fusebox.results.report;

import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.results.score.Spread;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.work.TrainingWork;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the variants of an experiment cost, so that "better" can be read at equal cost: numbers that
 * were trained, floating-point operations, time of training, time per step, memory. A stage that
 * several variants share counts for each.
 */
public final class CostTable {

  private static final String NUMBERS = "trainedNumbers";
  private static final String STEPS = "steps";
  private static final String OPERATIONS = "operationsPerExample";

  private CostTable() {}

  /** The table; empty if no run has trained anything, or they were made before it was noted. */
  public static Optional<Table> of(Report report) {
    Map<String, List<ReportedRun>> variants = new LinkedHashMap<>();
    for (ReportedRun run : report.runs()) {
      if (!trainings(run).isEmpty()) {
        variants.computeIfAbsent(run.result().variant(), name -> new ArrayList<>()).add(run);
      }
    }
    if (variants.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(table(report, variants, ArithmeticUnit.of(variants.values())));
  }

  /** The table; without operations where a run has not noted them. */
  private static Table table(
      Report report, Map<String, List<ReportedRun>> variants, Optional<ArithmeticUnit> unit) {
    String counted = RunCount.heading(report.ablation());
    boolean peaks = variants.values().stream().flatMap(List::stream).allMatch(CostTable::tellsPeak);
    List<List<Cell>> rows = new ArrayList<>();
    AblationScores scores = new AblationScores(report.ablation(), Grader.strict());
    variants.forEach(
        (name, runs) -> {
          List<Cell> row = row(name, scores, runs, unit);
          if (peaks) {
            row.add(averaged(runs, CostTable::peak));
          }
          rows.add(row);
        });
    return new Table(
        "What it cost",
        List.of(report.data()),
        columns(counted, unit, peaks),
        List.of(rows),
        notes(counted, unit, peaks));
  }

  private static List<Column> columns(
      String counted, Optional<ArithmeticUnit> unit, boolean peaks) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words(""));
    columns.add(
        Column.number("accuracy %", "accuracy percent", "accuracy sd", "accuracy " + counted));
    columns.add(Column.number("trained", "trained numbers"));
    unit.ifPresent(each -> columns.add(each.column(counted)));
    columns.add(Column.number("training s", "training seconds", "seconds sd", counted));
    columns.add(Column.number("ms/step", "ms per step", "ms sd", "ms " + counted));
    if (peaks) {
      columns.add(Column.number("peak MB", "peak megabytes", "peak sd", "peak " + counted));
    }
    return columns;
  }

  private static List<String> notes(String counted, Optional<ArithmeticUnit> unit, boolean peaks) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "trained: trainable parameters, summed over stages; a pretraining that all variants start from is not counted");
    unit.ifPresent(each -> notes.add(each.note()));
    notes.add(
        "accuracy %: mean over "
            + counted
            + " ± their sd; which differences are significant, the first table says");
    notes.add("times were measured on the machine that trained, with whatever else it was running");
    if (peaks) {
      notes.add(
          "peak MB: the most memory that the whole process had resident while a stage trained, of the stages the highest; stages trained at the same time share it");
    }
    return notes;
  }

  /** What operations are counted in. */
  private enum ArithmeticUnit {
    MEGA("MFLOP", 1e6),
    GIGA("GFLOP", 1e9);

    private static final double READABLE = 1e4; // of the smaller unit

    private final String title;
    private final double size;

    ArithmeticUnit(String title, double size) {
      this.title = title;
      this.size = size;
    }

    /** The one in which all can be read; none if some have noted nothing. */
    private static Optional<ArithmeticUnit> of(Collection<List<ReportedRun>> variants) {
      List<Double> operations =
          variants.stream().flatMap(List::stream).map(CostTable::operations).toList();
      double most = operations.stream().mapToDouble(Double::doubleValue).max().orElse(0);
      return operations.stream().allMatch(each -> each > 0)
          ? Optional.of(most < READABLE * MEGA.size ? MEGA : GIGA)
          : Optional.empty();
    }

    private Column column(String runs) {
      return Column.number(
          title + "/example", title + " per example", title + " sd", title + " " + runs);
    }

    private Cell cell(List<ReportedRun> runs) {
      return averaged(runs, run -> operations(run) / size);
    }

    private String note() {
      return title
          + "/example: floating-point operations of matrix products, forward and backward, counted in each stage's first step and summed over stages";
    }
  }

  private static double operations(ReportedRun run) {
    return trainings(run).stream().allMatch(stage -> figure(stage, OPERATIONS) > 0)
        ? sum(run, stage -> figure(stage, OPERATIONS))
        : 0;
  }

  private static List<StageRecord> trainings(ReportedRun run) {
    return run.stages().stream()
        .filter(stage -> stage.role() == StageRole.TRAINING)
        .filter(stage -> stage.figures().containsKey(NUMBERS))
        .toList();
  }

  private static List<Cell> row(
      String variant,
      AblationScores scores,
      List<ReportedRun> runs,
      Optional<ArithmeticUnit> unit) {
    long numbers = (long) sum(runs.get(0), stage -> figure(stage, NUMBERS));
    List<Cell> row = new ArrayList<>();
    row.add(new Cell.Words(variant));
    row.add(accuracy(variant, scores));
    row.add(new Cell.Words(String.format(Locale.ROOT, "%,d", numbers)));
    unit.ifPresent(each -> row.add(each.cell(runs)));
    row.add(averaged(runs, run -> sum(run, StageRecord::seconds)));
    row.add(averaged(runs, CostTable::milliseconds));
    return row;
  }

  private static Cell accuracy(String variant, AblationScores scores) {
    return new Cell.Averaged(
        scores.spread(variant, marks -> marks.average().percent()), scores.decimals());
  }

  private static boolean tellsPeak(ReportedRun run) {
    return trainings(run).stream()
        .allMatch(stage -> stage.figures().containsKey(TrainingWork.PEAK));
  }

  private static double peak(ReportedRun run) {
    return trainings(run).stream()
        .mapToDouble(stage -> figure(stage, TrainingWork.PEAK))
        .max()
        .orElseThrow();
  }

  private static double milliseconds(ReportedRun run) {
    return 1000 * sum(run, StageRecord::seconds) / sum(run, stage -> figure(stage, STEPS));
  }

  private static Cell averaged(List<ReportedRun> runs, ToDoubleFunction<ReportedRun> cost) {
    return new Cell.Averaged(Spread.of(runs.stream().mapToDouble(cost).boxed().toList()), 1);
  }

  private static double sum(ReportedRun run, ToDoubleFunction<StageRecord> what) {
    return trainings(run).stream().mapToDouble(what).sum();
  }

  private static double figure(StageRecord stage, String name) {
    return stage.figures().getOrDefault(name, 0).doubleValue();
  }
}
