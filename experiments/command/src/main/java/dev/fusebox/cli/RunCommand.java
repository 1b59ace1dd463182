package dev.fusebox.cli;

import ai.djl.Device;
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
      "Finished stages are not recomputed; an interrupted one resumes where it stopped."
    },
    footer = {"", "Example:", "  fusebox run configs/quickstart.conf"})
public final class RunCommand implements Callable<Integer> {

  @Mixin private ExperimentArguments arguments;

  @Option(
      names = "--dry-run",
      description = "Only show what there is to compute, and how long it takes.")
  private boolean dryRun;

  @Mixin private ClusterArguments cluster;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    Instant start = Instant.now();
    ExperimentArguments.Opened opened = arguments.open();
    if (!cluster.isGiven() || dryRun) {
      return call(opened, Optional.empty(), start);
    }
    ResultsRoot root = opened.get(ResultsRoot.class);
    root.requireWritable();
    Path log = SparkSite.logs(root).resolve("spark.log");
    // Spark takes seconds to come up: meanwhile the plan is made.
    try (SparkProcess spark = cluster.start(opened.experiment().name(), log)) {
      return call(opened, Optional.of(spark), start);
    }
  }

  private int call(ExperimentArguments.Opened opened, Optional<SparkProcess> spark, Instant start)
      throws IOException {
    AblationPlan plan = opened.get(AblationRunner.class).plan(opened.experiment());
    opened.tellNotes(plan, command.commandLine().getErr());
    ResultsRoot root = opened.get(ResultsRoot.class);
    root.meeting(plan.experiment()).ifPresent(this::say);
    if (dryRun) {
      PrintWriter out = command.commandLine().getOut();
      out.print(PlanText.of(plan, opened.get(StageStore.class), root));
      out.flush();
      return ExitStatus.DONE;
    }
    root.requireWritable();
    List<RunResult> results = compute(opened, plan, spark);
    tell(opened, plan, results, start);
    return results.stream().allMatch(RunResult.Finished.class::isInstance)
        ? ExitStatus.DONE
        : ExitStatus.FAILED;
  }

  private List<RunResult> compute(
      ExperimentArguments.Opened opened, AblationPlan plan, Optional<SparkProcess> spark)
      throws IOException {
    StageStore store = opened.get(StageStore.class);
    boolean elsewhere = spark.isPresent() && !plan.isDone(store);
    if (!elsewhere && !plan.isDone(store)) { // told before minutes of other work
      opened.get(MemoryPlan.class).check(plan);
      sayWhere(opened.get(Devices.class).all());
    }
    try (Interruption interruption = new Interruption();
        Tracking tracking = Tracking.of(plan.experiment(), command.commandLine().getErr());
        SharedProgress shared = SharedProgress.of(plan, opened.get(ResultsRoot.class).cache());
        ProgressView view = ProgressView.of(plan, store, interruption, reasonLines())) {
      AblationListener listener = shared.around(tracking.around(view.listener()));
      return elsewhere
          ? onCluster(spark.get(), opened, plan, interruption, listener)
          : opened.get(AblationRunner.class).run(plan, listener);
    }
  }

  private void tell(
      ExperimentArguments.Opened opened, AblationPlan plan, List<RunResult> results, Instant start)
      throws IOException {
    PrintWriter out = command.commandLine().getOut();
    Path folder = opened.get(ResultsRoot.class).of(plan.experiment());
    if (results.stream().anyMatch(RunResult.Finished.class::isInstance)) {
      print(out, folder, new ResultsCheck(opened.get(FileHashes.class)));
    } else {
      out.println("No run finished; fusebox --debug run ... shows where each failed.");
    }
    CutTexts.of(plan, opened.get(StageStore.class)).forEach(line -> out.println("  " + line));
    Duration took = Duration.between(start, Instant.now());
    out.printf("  %s · fusebox report %s · %s%n", folder, folder, Durations.exact(took));
    out.flush();
  }

  private List<RunResult> onCluster(
      SparkProcess spark,
      ExperimentArguments.Opened opened,
      AblationPlan plan,
      Interruption interruption,
      AblationListener listener)
      throws IOException {
    say("Spark's page: " + spark.page());
    StageSite site =
        new SparkSite(
            spark,
            opened.get(StageStore.class),
            opened.get(ResultsRoot.class),
            cluster.command(arguments.againHere()),
            interruption::asked);
    try {
      return opened.get(AblationRunner.class).run(plan, site, listener);
    } catch (StageCancelled e) {
      if (spark.hasEnded() && !interruption.asked()) {
        throw spark.gone();
      }
      throw e;
    } finally {
      spark.letGo(); // it stops while the table is made
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
