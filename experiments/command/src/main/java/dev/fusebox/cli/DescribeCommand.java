package dev.fusebox.cli;

import dev.fusebox.cli.fusion.FusionCosts;
import dev.fusebox.cli.fusion.FusionPage;
import dev.fusebox.cli.fusion.FusionSheet;
import dev.fusebox.file.UserError;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.lab.ablation.ConfigText;
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox describe}: a config as it is understood, or a fusion as its code tells. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Print a config with each value's origin, or a fusion card.",
      "Print the resolved config, each value with the file and line it comes from;",
      "or, given a fusion's name, what it does, its keys and its size."
    },
    footer = {
      "",
      "Examples:",
      "  fusebox describe configs/quickstart.conf",
      "  fusebox describe FUSION        one of: fusebox list fusions; several as FUSION+FUSION",
      "  fusebox describe fusions       all of them, as a page",
      "  fusebox describe fusions --cost   what a training step costs with each: some minutes"
    })
public final class DescribeCommand implements Callable<Integer> {

  private static final String ALL = "fusions";
  private static final int TURNS = 3;

  @Mixin private ExperimentArguments arguments;

  @Option(
      names = "--cost",
      description = {
        "With one or more fusions: measure parameters, operations and time of a",
        "training step on T5-base."
      })
  private boolean cost;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(cost ? costs() : text());
    out.flush();
    return ExitStatus.DONE;
  }

  private String text() {
    return fusions().orElseGet(() -> ConfigText.of(arguments.open().experiment()));
  }

  private String costs() {
    PrintWriter err = command.commandLine().getErr();
    ClassLoader loader = arguments.fusions();
    Map<String, FusionProvider<?>> known = FusionCatalogue.of(loader).providers();
    String named = arguments.file().toString();
    List<String> names = named.equals(ALL) ? List.copyOf(known.keySet()) : parts(named);
    if (!known.keySet().containsAll(names)) {
      throw new UserError(
          "--cost: must be of fusions, found %s; known: %s, %s"
              .formatted(named, ALL, String.join(", ", known.keySet())));
    }
    return TerminalTable.render(
        FusionCosts.of(
            names.stream().<FusionProvider<?>>map(known::get).toList(),
            loader,
            FusionCosts.BASE,
            TURNS,
            name -> {
              err.println("  " + name);
              err.flush();
            }));
  }

  private static List<String> parts(String named) {
    return List.of(named.split("\\+"));
  }

  /** The sheet of a fusion, or those of all in {@code first+second}. */
  private Optional<String> fusions() {
    ClassLoader loader = arguments.fusions();
    Map<String, FusionProvider<?>> known = FusionCatalogue.of(loader).providers();
    if (arguments.file().toString().equals(ALL)) {
      return Optional.of(FusionPage.of(loader));
    }
    List<String> names = parts(arguments.file().toString());
    return known.keySet().containsAll(names)
        ? Optional.of(
            names.stream()
                .map(name -> FusionSheet.of(known.get(name), loader).text())
                .collect(Collectors.joining("\n")))
        : Optional.empty();
  }
}
