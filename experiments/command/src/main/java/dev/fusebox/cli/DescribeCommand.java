package dev.fusebox.cli;

import dev.fusebox.cli.fusion.FusionSheet;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.lab.ablation.ConfigText;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "  fusebox describe FUSION        one of: fusebox list fusions"
    })
public final class DescribeCommand implements Callable<Integer> {

  @Mixin private ExperimentArguments arguments;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(
        fusion()
            .map(FusionSheet::text)
            .orElseGet(() -> ConfigText.of(arguments.open().experiment())));
    out.flush();
    return ExitStatus.DONE;
  }

  private Optional<FusionSheet> fusion() {
    ClassLoader loader = arguments.fusions();
    Map<String, FusionProvider<?>> known = FusionCatalogue.of(loader).providers();
    return Optional.ofNullable(known.get(arguments.file().toString()))
        .map(provider -> FusionSheet.of(provider, loader));
  }
}
