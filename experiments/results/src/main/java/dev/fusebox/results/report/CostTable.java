package dev.fusebox.results.report;

import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.results.score.Spread;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import dev.fusebox.training.recipe.StageRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the variants of an experiment cost, so that "better" can be read at equal cost: numbers that
 * were trained, time of training, time per step. A stage that several variants share counts for
 * each.
 */
public final class CostTable {

  private static final String NUMBERS = "trainedNumbers";
  private static final String STEPS = "steps";

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
    List<List<Cell>> rows = new ArrayList<>();
    variants.forEach((name, runs) -> rows.add(row(name, runs)));
    return Optional.of(
        new Table(
            "What it cost",
            List.of(report.data()),
            List.of(
                Column.words(""),
                Column.number("trained", "trained numbers"),
                Column.number("training s", "training seconds", "seconds sd", "seeds"),
                Column.number("ms/step", "ms per step", "ms sd", "ms seeds")),
            List.of(rows),
            List.of(
                "trained: numbers that learn, of all stages together; a pretraining that all begin from is not counted",
                "times are those of the machine that trained, with whatever ran beside it")));
  }

  private static List<StageRecord> trainings(ReportedRun run) {
    return run.stages().stream()
        .filter(stage -> stage.role() == StageRole.TRAINING)
        .filter(stage -> stage.figures().containsKey(NUMBERS))
        .toList();
  }

  private static List<Cell> row(String variant, List<ReportedRun> runs) {
    long numbers = (long) sum(runs.get(0), stage -> figure(stage, NUMBERS));
    return List.of(
        new Cell.Words(variant),
        new Cell.Words(String.format(Locale.ROOT, "%,d", numbers)),
        averaged(runs, run -> sum(run, StageRecord::seconds)),
        averaged(
            runs,
            run ->
                1000 * sum(run, StageRecord::seconds) / sum(run, stage -> figure(stage, STEPS))));
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
