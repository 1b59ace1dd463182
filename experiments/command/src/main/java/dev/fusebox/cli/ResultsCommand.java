package dev.fusebox.cli;

import dev.fusebox.doctor.Sizes;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.lab.store.ResultsInventory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox results}: what is there, and what nobody needs any more. */
@Command(
    name = "results",
    mixinStandardHelpOptions = true,
    description = {
      "Show what is stored, being computed, or no longer needed.",
      "A stage is needed by the runs that were made from it; --prune removes the others."
    },
    footer = {"", "Examples:", "  fusebox results --prune", "  fusebox results --follow"})
public final class ResultsCommand implements Callable<Integer> {

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "DIR",
      description = "Where results are (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(names = "--prune", description = "List the stages that would be removed.")
  private boolean prune;

  @Option(names = "--yes", description = "With --prune: remove them.")
  private boolean yes;

  @Option(
      names = "--follow",
      description = "Show what other processes compute here, until none does.")
  private boolean follow;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    if (follow) {
      new UnderWayView(new ResultsRoot(results).cache(), out).follow();
      return 0;
    }
    ResultsInventory inventory = ResultsInventory.of(results);
    List<ResultsInventory.StageEntry> unneeded = inventory.unneeded();
    if (prune && yes) {
      inventory.prune(results);
      out.println("removed " + sizes(unneeded));
    } else if (prune) {
      unneeded.forEach(stage -> out.printf("%-40s %10s%n", stage.name(), bytes(stage.bytes())));
      out.println(
          inventory
              .hindrance(results)
              .map(why -> "--prune --yes would remove nothing now: " + why)
              .orElse("would remove " + sizes(unneeded) + "; --prune --yes does"));
    } else {
      show(inventory, results, out);
      new UnderWayView(new ResultsRoot(results).cache(), out).once();
    }
    out.flush();
    return 0;
  }

  private static void show(ResultsInventory inventory, Path results, PrintWriter out) {
    for (ResultsInventory.ExperimentEntry each : inventory.experiments()) {
      out.printf(
          "%-32s %4d of %d runs  %4d stages  %10s%n",
          each.name(), each.finished(), each.runs(), each.stages().size(), bytes(each.bytes()));
    }
    out.println("finished stages: " + sizes(inventory.stages()));
    String unneeded = sizes(inventory.unneeded());
    out.println(
        inventory
            .hindrance(results)
            .map(
                why ->
                    "not used by a finished run: "
                        + unneeded
                        + ", and not to be removed now: "
                        + why)
            .orElse("not needed by any run: " + unneeded + " (--prune lists them)"));
    if (!inventory.unfinished().isEmpty()) {
      out.println(
          "unfinished: "
              + sizes(inventory.unfinished())
              + "; the command that started them resumes");
    }
    out.println("cache: " + bytes(inventory.cache()) + ", which only saves time");
  }

  private static String sizes(List<ResultsInventory.StageEntry> stages) {
    long bytes = stages.stream().mapToLong(ResultsInventory.StageEntry::bytes).sum();
    return stages.size() + (stages.size() == 1 ? " stage, " : " stages, ") + bytes(bytes);
  }

  private static String bytes(long bytes) {
    return Sizes.bytes(bytes);
  }
}
