package dev.fusebox.cli;

import ai.djl.Device;
import com.google.inject.Injector;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.Lines;
import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.AblationRunner;
import dev.fusebox.lab.ablation.CutTexts;
import dev.fusebox.lab.ablation.Durations;
import dev.fusebox.lab.ablation.MemoryPlan;
import dev.fusebox.lab.ablation.PlanText;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.ablation.StageSite;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.progress.Interruption;
import dev.fusebox.progress.ProgressView;
import dev.fusebox.progress.SharedProgress;
import dev.fusebox.remote.SparkProcess;
import dev.fusebox.remote.SparkSite;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ResultsCheck;
import dev.fusebox.results.report.ResultsFolder;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.track.Tracking;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.StageCancelled;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox run}: from a config to its table. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Run an experiment and print its table.",
      "Finished stages are not computed again; an interrupted one resumes where it stopped."
    },
    footer = {"", "Example:", "  fusebox run configs/quickstart.conf"})
public final class RunCommand implements Callable<Integer> {

  @Mixin private ExperimentArguments arguments;

  @Option(names = "--dry-run", description = "Only say what there is to do, and for how long.")
  private boolean dryRun;

  @Mixin private ClusterArguments cluster;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    Instant start = Instant.now();
    ExperimentArguments.Opened opened = arguments.open();
    Injector wiring = opened.wiring();
    AblationRunner runner = wiring.getInstance(AblationRunner.class);
    AblationPlan plan = runner.plan(opened.experiment());
    opened.tellNotes(plan, command.commandLine().getErr());
    StageStore store = wiring.getInstance(StageStore.class);
    ResultsRoot root = wiring.getInstance(ResultsRoot.class);
    root.meeting(plan.experiment()).ifPresent(this::say);
    PrintWriter out = command.commandLine().getOut();
    if (dryRun) {
      out.print(PlanText.of(plan, store, root));
      out.flush();
      return ExitStatus.DONE;
    }
    root.requireWritable();
    if (!cluster.isGiven() && !plan.isDone(store)) { // told before minutes of other work
      wiring.getInstance(MemoryPlan.class).check(plan);
      sayWhere(wiring.getInstance(Devices.class).all());
    }
    List<RunResult> results;
    try (Interruption interruption = new Interruption();
        Tracking tracking = Tracking.of(plan.experiment(), command.commandLine().getErr());
        SharedProgress shared = SharedProgress.of(plan, root.cache());
        ProgressView view = ProgressView.of(plan, store, interruption, reasonLines())) {
      AblationListener listener = shared.around(tracking.around(view.listener()));
      results =
          cluster.isGiven() && !plan.isDone(store)
              ? onCluster(opened, plan, interruption, listener)
              : runner.run(plan, listener);
    }
    Path folder = root.of(plan.experiment());
    if (results.stream().anyMatch(RunResult.Finished.class::isInstance)) {
      print(out, folder, new ResultsCheck(wiring.getInstance(FileHashes.class)));
    } else {
      out.println("No run finished; fusebox --debug run ... shows where each failed.");
    }
    CutTexts.of(plan, store).forEach(line -> out.println("  " + line));
    Duration took = Duration.between(start, Instant.now());
    out.printf("  %s · fusebox report %s · %s%n", folder, folder, Durations.exact(took));
    out.flush();
    return results.stream().allMatch(RunResult.Finished.class::isInstance)
        ? ExitStatus.DONE
        : ExitStatus.FAILED;
  }

  private List<RunResult> onCluster(
      ExperimentArguments.Opened opened,
      AblationPlan plan,
      Interruption interruption,
      AblationListener listener)
      throws IOException {
    ResultsRoot root = opened.get(ResultsRoot.class);
    Path log = SparkSite.logs(root).resolve("spark.log");
    try (SparkProcess spark = cluster.start(plan.experiment().name(), log)) {
      say("Spark's page: " + spark.page());
      StageSite site =
          new SparkSite(
              spark,
              opened.get(StageStore.class),
              root,
              cluster.command(arguments.againHere()),
              interruption::asked);
      try {
        return opened.get(AblationRunner.class).run(plan, site, listener);
      } catch (StageCancelled e) {
        if (spark.hasEnded() && !interruption.asked()) {
          throw spark.gone();
        }
        throw e;
      }
    }
  }

  private int reasonLines() {
    return Main.debugs(command) ? Integer.MAX_VALUE : Lines.FEW;
  }

  private void sayWhere(List<Device> devices) {
    List<String> names =
        devices.stream()
            .map(device -> device.isGpu() ? "gpu:" + device.getDeviceId() : "the CPU")
            .toList();
    say(
        "computing on "
            + String.join(", ", names)
            + (names.size() > 1 ? ": %d stages at once".formatted(names.size()) : ""));
  }

  private void say(String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println("  " + line);
    err.flush();
  }

  /** What was stored, by the same way as every other table of it. */
  private static void print(PrintWriter out, Path folder, ResultsCheck check) throws IOException {
    Report report = ResultsFolder.open(folder, check, Optional.empty()).report();
    int columns = ProgressView.columns();
    int room = columns == 0 ? Integer.MAX_VALUE : columns;
    out.println();
    out.print(TerminalTable.render(report.table(), room));
    for (Table table : report.tests()) {
      out.println();
      out.print(TerminalTable.render(table, room));
    }
  }
}
