package dev.fusebox.cli;

import dev.fusebox.file.Lines;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.AblationRunner;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.ablation.StageEnd;
import dev.fusebox.lab.grid.OneStage;
import dev.fusebox.lab.grid.Planner;
import dev.fusebox.lab.grid.StageEnding;
import dev.fusebox.lab.grid.StageEvents;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.progress.InputEnd;
import dev.fusebox.progress.Interruption;
import dev.fusebox.progress.ProgressView;
import dev.fusebox.progress.SharedProgress;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox stage}: one piece of a plan, for whoever schedules the pieces. */
@Command(
    name = "stage",
    hidden = true, // from the list of commands: programs call it
    mixinStandardHelpOptions = true,
    customSynopsis = "fusebox stage CONFIG KEY [KEY=VALUE...] [OPTIONS]",
    description = {
      "Compute one stage of a plan, for schedulers.",
      "KEY is one that fusebox plan --json lists. Exit status: 0 computed, 10 already done, 11 being computed elsewhere, 12 inputs missing, 1 failed, 2 config or arguments wrong or disk full,"
          + " 130 stopped."
    },
    footer = {"", "Example:", "  fusebox stage configs/quickstart.conf training-0f1e2d3c4b5a6978"})
public final class StageCommand implements Callable<Integer> {

  @Mixin private ExperimentArguments arguments;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "A run that needs it, such as VARIANT-seed1: nothing else is planned.")
  private Optional<String> run = Optional.empty();

  @Option(names = "--json", description = "Report events on standard output: see docs/cluster.md.")
  private boolean json;

  @Option(
      names = "--planned-by",
      paramLabel = "PROGRAM",
      description = "Refuse unless this is the program version that plan --json names.")
  private Optional<String> plannedBy = Optional.empty();

  @Option(names = "--until-input-ends", description = "Save and stop when standard input ends.")
  private boolean untilInputEnds;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    StageEvents events = new StageEvents(command.commandLine().getOut());
    String key =
        arguments
            .takeName()
            .orElseThrow(
                () -> new UserError("which stage? Give a KEY of fusebox plan --json after CONFIG"));
    try {
      StageEnding ending = compute(key, events);
      tell(ending, events);
      return ending.end().status();
    } catch (UserError e) {
      UserError refusal = onThisHost(e);
      if (json) {
        events.ended(new StageEnding(key, StageEnding.End.REFUSED, refusal.getMessage(), true));
      }
      throw refusal;
    }
  }

  private StageEnding compute(String key, StageEvents events) throws IOException {
    plannedBy.ifPresent(other -> Planner.here().requireLike(Planner.of(other)));
    ExperimentArguments.Opened opened = arguments.open();
    AblationPlan plan =
        opened
            .get(AblationRunner.class)
            .plan(opened.experiment(), each -> run.isEmpty() || run.get().equals(each));
    ResultsRoot root = opened.get(ResultsRoot.class);
    root.requireWritable();
    OneStage.requireIn(plan, key);
    opened.get(AblationRunner.class).expect(plan);
    try (Interruption interruption = new Interruption()) {
      if (untilInputEnds) {
        InputEnd.stops(interruption);
      }
      AblationListener lines = ProgressView.lines(interruption, Lines.FEW);
      OneStage stages = opened.get(OneStage.class);
      return json // whoever reads the events tells others
          ? stages.compute(plan, key, new Telling(lines, events))
          : shared(stages, plan, key, lines, root);
    }
  }

  /** Computes it so that {@code fusebox results} sees how far it is. */
  private static StageEnding shared(
      OneStage stages, AblationPlan plan, String key, AblationListener lines, ResultsRoot root)
      throws IOException {
    try (SharedProgress shared = SharedProgress.ofOneStage(plan, root.cache())) {
      return stages.compute(plan, key, shared.around(lines));
    }
  }

  /** Of many machines one may lack what the others have: the message says which. */
  private static UserError onThisHost(UserError error) {
    return new UserError("on " + Holder.thisHost() + ": " + error.getMessage(), error);
  }

  private void tell(StageEnding ending, StageEvents events) {
    if (json) {
      events.ended(ending);
    }
    String reason = ending.reason().isEmpty() ? "" : ": " + ending.reason();
    String line = ending.stage() + ": " + ending.end().word() + reason;
    command.commandLine().getErr().println(Lines.plain(line));
  }

  /** Shows lines and tells of the same as events. */
  private record Telling(AblationListener shown, StageEvents events) implements AblationListener {

    @Override
    public StageProgress begins(PlannedRun run, Stage stage) {
      return events.begun(shown.begins(run, stage));
    }

    @Override
    public void ended(PlannedRun run, Stage stage, StageEnd end) {
      shown.ended(run, stage, end);
    }

    @Override
    public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {
      shown.ended(run, result, accuracy, took);
    }
  }
}
