package dev.fusebox.experiments.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point. */
@Command(
    name = "fusebox",
    mixinStandardHelpOptions = true,
    subcommands = {
      ScoreCommand.class,
      PromptsCommand.class,
      GenerateDemoCommand.class,
      ConvertCommand.class,
    })
public final class Main {

  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    // Before any class of the engine is loaded: no telemetry, no downloads.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
