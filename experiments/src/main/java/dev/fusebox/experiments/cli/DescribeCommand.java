package dev.fusebox.experiments.cli;

import com.google.inject.Injector;
import dev.fusebox.experiments.ablation.ConfigText;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fusebox describe}: a config as it is understood. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Print a config resolved, each value with the file and line it comes from.",
    footer = {"", "Example:", "  fusebox describe configs/quickstart.conf"})
public final class DescribeCommand implements Callable<Integer> {

  @Mixin private ExperimentArguments arguments;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Injector wiring = arguments.wiring();
    PrintWriter out = command.commandLine().getOut();
    out.print(ConfigText.of(arguments.read(wiring)));
    out.flush();
    return ExitStatus.DONE;
  }
}
