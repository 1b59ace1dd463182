package dev.fusebox.cli;

import dev.fusebox.cli.fusion.FusionPage;
import dev.fusebox.cli.fusion.FusionSheet;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.lab.ablation.ConfigText;
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
import picocli.CommandLine.Spec;

/** {@code fusebox describe}: a config as it is understood, or a fusion as its code tells. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Print a config with its origins, or a fusion's card.",
      "Print a config resolved, each value with the file and line it comes from;",
      "or, given a fusion's name, what it does, its keys and its size."
    },
    footer = {
      "",
      "Examples:",
      "  fusebox describe configs/quickstart.conf",
      "  fusebox describe FUSION        one of: fusebox list fusions; several as FUSION+FUSION",
      "  fusebox describe fusions       all of them, as a page"
    })
public final class DescribeCommand implements Callable<Integer> {

  private static final String ALL = "fusions";

  @Mixin private ExperimentArguments arguments;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(fusions().orElseGet(() -> ConfigText.of(arguments.open().experiment())));
    out.flush();
    return ExitStatus.DONE;
  }

  /** The sheet of a fusion, or those of all in {@code first+second}. */
  private Optional<String> fusions() {
    ClassLoader loader = arguments.fusions();
    Map<String, FusionProvider<?>> known = FusionCatalogue.of(loader).providers();
    if (arguments.file().toString().equals(ALL)) {
      return Optional.of(FusionPage.of(loader));
    }
    List<String> names = List.of(arguments.file().toString().split("\\+"));
    return known.keySet().containsAll(names)
        ? Optional.of(
            names.stream()
                .map(name -> FusionSheet.of(known.get(name), loader).text())
                .collect(Collectors.joining("\n")))
        : Optional.empty();
  }
}
