package dev.fusebox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.AblationRunner;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.MemoryPlan;
import dev.fusebox.lab.ablation.PlanText;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.grid.PlanJson;
import dev.fusebox.lab.grid.SlurmScript;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.results.report.Meanwhile;
import dev.fusebox.results.report.PlannedPower;
import dev.fusebox.results.report.ResultsCheck;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox plan}: what a run would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Show what a run has to compute, and how long it takes.",
    footer = {"", "Example:", "  fusebox plan configs/quickstart.conf seeds=[1]"})
public final class PlanCommand implements Callable<Integer> {

  @Mixin private ExperimentArguments arguments;

  @Option(names = "--json", description = "Print JSON for other programs: see docs/cluster.md.")
  private boolean json;

  @Option(
      names = "--slurm",
      description = "Print a script for sbatch: an array job for each step, and one for the table.")
  private boolean slurm;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    ExperimentArguments.Opened opened = arguments.open();
    ResultsRoot root = opened.get(ResultsRoot.class);
    Optional<Meanwhile<List<String>>> power =
        json || slurm ? Optional.empty() : Optional.of(power(opened, root));
    AblationPlan plan = opened.get(AblationRunner.class).plan(opened.experiment());
    PrintWriter err = command.commandLine().getErr();
    root.meeting(plan.experiment()).ifPresent(err::println);
    opened.tellNotes(plan, err);
    PrintWriter out = command.commandLine().getOut();
    MemoryPlan memory = opened.get(MemoryPlan.class);
    if (json) {
      out.println(json(opened, plan, root).toPrettyString());
    } else if (slurm) {
      root.requireWritable();
      opened.get(AblationRunner.class).expect(plan);
      out.print(slurm(plan, root));
    } else {
      out.print(PlanText.of(plan, opened.get(StageStore.class), root));
      out.print(memory.text(plan));
      power.orElseThrow().brought().forEach(out::println);
    }
    out.flush();
    if (!json && !slurm) { // those are computed elsewhere
      memory.check(plan);
    }
    return ExitStatus.DONE;
  }

  private JsonNode json(ExperimentArguments.Opened opened, AblationPlan plan, ResultsRoot root)
      throws IOException {
    StageStore store = opened.get(StageStore.class);
    return PlanJson.of(plan, store, root, arguments.again(), opened.get(Devices.class));
  }

  /**
   * What its comparisons can show: to mark the answers that are there takes as long as the rest.
   */
  private static Meanwhile<List<String>> power(
      ExperimentArguments.Opened opened, ResultsRoot root) {
    Experiment experiment = opened.experiment();
    OpenedFiles files = opened.get(OpenedFiles.class);
    ResultsCheck check = new ResultsCheck(opened.get(FileHashes.class));
    return Meanwhile.of(() -> PlannedPower.of(experiment, root.of(experiment), files, check));
  }

  private String slurm(AblationPlan plan, ResultsRoot root) {
    String results = ExperimentArguments.whole(root.path());
    return SlurmScript.of(plan, Launcher.path(), arguments.again(), results);
  }
}
