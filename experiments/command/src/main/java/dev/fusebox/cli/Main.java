package dev.fusebox.cli;

import dev.fusebox.file.FullDisk;
import dev.fusebox.file.UserError;
import dev.fusebox.training.task.StageCancelled;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Entry point. Commands stand in the order in which people need them. */
@Command(
    name = "fusebox",
    mixinStandardHelpOptions = true,
    description = "Does the way vision is fused into language matter? Configs in, tables out.",
    subcommands = {
      RunCommand.class,
      TableCommand.class,
      ReportCommand.class,
      ResultsCommand.class,
      PlanCommand.class,
      StageCommand.class,
      AskCommand.class,
      ServeCommand.class,
      ScoreCommand.class,
      PromptsCommand.class,
      DataReportCommand.class,
      ImportCommand.class,
      DescribeCommand.class,
      ListCommand.class,
      NewFusionCommand.class,
      GenerateDemoCommand.class,
      ExtractCommand.class,
      ConvertCommand.class,
      DoctorCommand.class,
      DocsCommand.class,
      CompletionCommand.class
    },
    footer = "Begin with: fusebox run configs/quickstart.conf")
public final class Main {

  @Option(names = "--debug", description = "Show where in the program an error arose.")
  private boolean debug;

  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    // Before any class of the engine is loaded: no telemetry, no downloads.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(output.print());
    System.setErr(StandardOutput.errors());
    CommandLine command = commandLine();
    int status = command.execute(arguments);
    command.getOut().flush();
    System.exit(output.ended(status, command.getErr()));
  }

  /** The command line with its ways to end. */
  static CommandLine commandLine() {
    return Version.toldBy(new CommandLine(new Main()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::ended);
  }

  /** Whether {@code --debug} was given, before the command that this is. */
  static boolean debugs(CommandSpec command) {
    return command.root().userObject() instanceof Main main && main.debug;
  }

  private static int ended(Exception error, CommandLine command, ParseResult arguments) {
    Main main = (Main) command.getCommandSpec().root().userObject();
    PrintWriter err = command.getErr();
    if (main.debug) {
      error.printStackTrace(err);
    }
    if (error instanceof StageCancelled) {
      return ExitStatus.INTERRUPTED;
    }
    Optional<UserError> told =
        error instanceof UserError own
            ? Optional.of(own)
            : FullDisk.behind(error).or(() -> FileTrouble.behind(error));
    if (told.isPresent()) {
      err.println(told.get().getMessage());
      return ExitStatus.USAGE;
    }
    err.println("fusebox failed: " + error);
    if (!main.debug) {
      err.println("fusebox --debug ... shows where; fusebox doctor checks this machine.");
    }
    return ExitStatus.FAILED;
  }
}
