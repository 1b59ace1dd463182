package dev.fusebox.experiments.cli;

import ai.djl.Device;
import com.google.inject.Injector;
import dev.fusebox.experiments.ablation.AblationPlan;
import dev.fusebox.experiments.ablation.AblationRunner;
import dev.fusebox.experiments.ablation.CutTexts;
import dev.fusebox.experiments.ablation.Durations;
import dev.fusebox.experiments.ablation.PlanText;
import dev.fusebox.experiments.ablation.ResultsRoot;
import dev.fusebox.experiments.ablation.RunBook;
import dev.fusebox.experiments.progress.Interruption;
import dev.fusebox.experiments.progress.ProgressView;
import dev.fusebox.experiments.report.AblationTable;
import dev.fusebox.experiments.report.Lines;
import dev.fusebox.experiments.report.RunResult;
import dev.fusebox.experiments.report.TerminalTable;
import dev.fusebox.experiments.store.StageStore;
import dev.fusebox.experiments.track.Tracking;
import dev.fusebox.experiments.train.DeviceName;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
      "What is done already is not done again; what was interrupted goes on where it stopped."
    },
    footer = {"", "Example:", "  fusebox run configs/quickstart.conf"})
public final class RunCommand implements Callable<Integer> {

  @Mixin private ExperimentArguments arguments;

  @Option(names = "--dry-run", description = "Only say what there is to do, and for how long.")
  private boolean dryRun;

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
    PrintWriter out = command.commandLine().getOut();
    if (dryRun) {
      out.print(PlanText.of(plan, store, wiring.getInstance(ResultsRoot.class)));
      out.flush();
      return ExitStatus.DONE;
    }
    if (!plan.isDone(store)) { // a device that is not there: told before minutes of other work
      sayWhere(wiring.getInstance(DeviceName.class).device());
    }
    List<RunResult> results;
    try (Interruption interruption = new Interruption();
        Tracking tracking = Tracking.of(plan.experiment(), command.commandLine().getErr());
        ProgressView view = ProgressView.of(plan, store, interruption, reasonLines())) {
      results = runner.run(plan, tracking.around(view.listener()));
    }
    print(out, wiring, plan, results);
    CutTexts.of(plan, store).forEach(line -> out.println("  " + line));
    String folder = wiring.getInstance(ResultsRoot.class).of(plan.experiment()).toString();
    Duration took = Duration.between(start, Instant.now());
    out.printf("  %s · fusebox report %s · %s%n", folder, folder, Durations.exact(took));
    out.flush();
    return results.stream().allMatch(RunResult.Finished.class::isInstance)
        ? ExitStatus.DONE
        : ExitStatus.FAILED;
  }

  private int reasonLines() {
    return Main.debugs(command) ? Integer.MAX_VALUE : Lines.FEW;
  }

  private void sayWhere(Device device) {
    String where = device.isGpu() ? "gpu:" + device.getDeviceId() : "the CPU";
    PrintWriter err = command.commandLine().getErr();
    err.println("  computing on " + where);
    err.flush();
  }

  private static void print(
      PrintWriter out, Injector wiring, AblationPlan plan, List<RunResult> results)
      throws IOException {
    if (results.stream().noneMatch(RunResult.Finished.class::isInstance)) {
      out.println("No run came to its end; fusebox --debug run ... shows where each failed.");
      return;
    }
    int columns = ProgressView.columns();
    String table =
        TerminalTable.render(
            AblationTable.of(wiring.getInstance(RunBook.class).ablation(plan, results))
                .noting(plan.notes()),
            columns == 0 ? Integer.MAX_VALUE : columns);
    out.println();
    out.print(table);
  }
}
