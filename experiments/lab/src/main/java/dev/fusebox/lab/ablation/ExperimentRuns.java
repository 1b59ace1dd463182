package dev.fusebox.lab.ablation;

import static java.util.stream.Collectors.toSet;

import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.lab.result.Claim;
import dev.fusebox.lab.store.ClaimsRecord;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.RecordedPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which runs belong to an experiment, as its directory says.
 *
 * @param root of all results
 */
record ExperimentRuns(ResultsRoot root) {

  /** Writes which they are now; clears away what killed processes left. */
  void open(AblationPlan plan) throws IOException {
    Path folder = root.of(plan.experiment());
    UnfinishedFiles.sweep(folder);
    UnfinishedFiles.sweep(root.cache());
    write(plan, folder, cells(plan));
  }

  /**
   * Adds runs to them, for whoever computes their stages one by one: until they are put together,
   * nobody else takes these stages for ones that no run needs.
   */
  void expect(AblationPlan plan) throws IOException {
    Path folder = root.of(plan.experiment());
    List<ExperimentRecord.Cell> before =
        ExperimentRecord.find(folder).map(ExperimentRecord::runs).orElse(List.of());
    List<ExperimentRecord.Cell> own = cells(plan);
    if (!before.containsAll(own)) {
      Set<String> folders = own.stream().map(ExperimentRecord.Cell::folder).collect(toSet());
      Stream<ExperimentRecord.Cell> others =
          before.stream().filter(cell -> !folders.contains(cell.folder()));
      write(plan, folder, Stream.concat(others, own.stream()).toList());
    }
  }

  private void write(AblationPlan plan, Path folder, List<ExperimentRecord.Cell> cells)
      throws IOException {
    Experiment experiment = plan.experiment();
    ClaimsRecord.state(folder, experiment.claims().stream().map(Claim::toString).toList());
    new ExperimentRecord(
            experiment.name(),
            experiment.file(),
            root.way(experiment),
            experiment.overrides(),
            experiment.question(),
            experiment
                .sentenceTransformer()
                .map(path -> RecordedPath.of(path, root.path()))
                .orElse(RecordedPath.NONE),
            experiment.compare(),
            experiment.among(),
            plan.notes(),
            cells)
        .write(folder);
  }

  private static List<ExperimentRecord.Cell> cells(AblationPlan plan) {
    return plan.runs().stream().map(ExperimentRuns::cell).toList();
  }

  private static ExperimentRecord.Cell cell(PlannedRun run) {
    return new ExperimentRecord.Cell(
        run.variant().name(),
        run.repeat().seed(),
        run.repeat().draw(),
        run.folder(),
        run.plan().key());
  }
}
