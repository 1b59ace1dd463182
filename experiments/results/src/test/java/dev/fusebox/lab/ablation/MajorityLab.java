package dev.fusebox.lab.ablation;

import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ResultsCheck;
import dev.fusebox.results.report.ResultsFolder;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lab whose model answers with the majority: grids in moments, and what happened, noted. */
final class MajorityLab {

  static final String COMMON =
      """
      data { demo { questions = 60, seed = 3 } }
      pipeline { answer { format = QCM-A } }
      """;

  static final String TWO_VARIANTS =
      COMMON
          + """
          ablation {
            question = "Does a caption help?"
            seeds = [1, 2]
            variants { text {}, caption { features = caption } }
            compare = { caption = text }
          }
          """;

  final ResultsRoot root;
  final StageStore store;
  final FileHashes hashes;
  final MajorityModel model = new MajorityModel();
  final Notes notes = new Notes();
  final AblationRunner runner;
  private final Path folder;

  private MajorityLab(Path folder, String results) {
    this.folder = folder;
    root = new ResultsRoot(folder.resolve(results));
    hashes = new FileHashes(new ResultsRoot(folder.resolve("results")).hashes(), false);
    store = new StageStore(root.stages(), hashes);
    OpenedFiles files = new OpenedFiles(folder.resolve("cache"), hashes);
    runner =
        new AblationRunner(
            new RunPlanner(files, model, model, new CodeKeys(fusions())),
            new StageRunner(store),
            store,
            book(),
            new Devices(new DeviceName("cpu")));
  }

  /** Over the results that are in a folder; opened again, it is as another process is. */
  static MajorityLab in(Path folder) {
    return new MajorityLab(folder, "results");
  }

  /** The same files, with results of its own. */
  MajorityLab elsewhere() {
    return new MajorityLab(folder, "others");
  }

  RunBook book() {
    return new RunBook(root, store, hashes, new OpenedFiles(folder.resolve("cache"), hashes));
  }

  private static FusionCatalogue fusions() {
    return FusionCatalogue.of(MajorityLab.class.getClassLoader());
  }

  AblationPlan plan(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), text);
    ExperimentReader reader = new ExperimentReader(fusions(), MajorityLab.class.getClassLoader());
    return runner.plan(reader.read(file, List.of()));
  }

  List<RunResult> run(String text) throws IOException {
    return runner.run(plan(text), notes);
  }

  Report report() throws IOException {
    return ResultsFolder.open(
            root.path().resolve("mine"), new ResultsCheck(hashes), Optional.empty())
        .report();
  }

  /** Notes what happens; asks to stop once {@code stopAfter} steps were seen. */
  static final class Notes implements AblationListener {
    final List<String> lines = new ArrayList<>();
    long stopAfter = Long.MAX_VALUE;
    private long seen;

    @Override
    public StageProgress begins(PlannedRun run, Stage stage) {
      lines.add(run.title() + ": " + stage.title());
      return new StageProgress() {
        @Override
        public void at(long done, long total) {
          seen++;
        }

        @Override
        public void say(String figures) {}

        @Override
        public boolean cancelled() {
          return seen >= stopAfter;
        }
      };
    }

    @Override
    public void ended(PlannedRun run, Stage stage, StageEnd end) {}

    @Override
    public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {
      lines.add(run.title() + (took.isZero() ? " done before" : " done"));
    }
  }

  /** Hears nothing. */
  static final class SilentListener implements AblationListener {
    @Override
    public StageProgress begins(PlannedRun run, Stage stage) {
      return StageProgress.SILENT;
    }

    @Override
    public void ended(PlannedRun run, Stage stage, StageEnd end) {}

    @Override
    public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {}
  }
}
