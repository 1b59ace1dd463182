package dev.fusebox.cli;

import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.AblationRunner;
import dev.fusebox.lab.ablation.MemoryPlan;
import dev.fusebox.lab.ablation.PlanText;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.store.StageStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fusebox plan}: what a run would do. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Say what a run has to do, and for how long.",
    footer = {"", "Example:", "  fusebox plan configs/quickstart.conf seeds=[1]"})
public final class PlanCommand implements Callable<Integer> {

  @Mixin private ExperimentArguments arguments;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    ExperimentArguments.Opened opened = arguments.open();
    AblationPlan plan = opened.get(AblationRunner.class).plan(opened.experiment());
    ResultsRoot root = opened.get(ResultsRoot.class);
    PrintWriter err = command.commandLine().getErr();
    root.meeting(plan.experiment()).ifPresent(err::println);
    opened.tellNotes(plan, err);
    PrintWriter out = command.commandLine().getOut();
    out.print(PlanText.of(plan, opened.get(StageStore.class), root));
    MemoryPlan memory = opened.get(MemoryPlan.class);
    out.print(memory.text(plan));
    out.flush();
    memory.check(plan);
    return ExitStatus.DONE;
  }
}
