package dev.fusebox.cli;

import dev.fusebox.file.FullDisk;
import dev.fusebox.file.Lines;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.AblationRunner;
import dev.fusebox.lab.ablation.Reason;
import dev.fusebox.training.task.StageCancelled;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point. */
@Command(
    name = "fusebox",
    mixinStandardHelpOptions = true,
    description = "Does the way vision is fused into language matter? Configs in, tables out.",
    footer = "Start with: fusebox run configs/quickstart.conf")
public final class Main {

  /** In the order in which people need them. */
  private static final List<Map.Entry<String, Class<?>>> COMMANDS =
      List.of(
          Map.entry("run", RunCommand.class),
          Map.entry("table", TableCommand.class),
          Map.entry("report", ReportCommand.class),
          Map.entry("results", ResultsCommand.class),
          Map.entry("plan", PlanCommand.class),
          Map.entry("stage", StageCommand.class),
          Map.entry("ask", AskCommand.class),
          Map.entry("serve", ServeCommand.class),
          Map.entry("score", ScoreCommand.class),
          Map.entry("prompts", PromptsCommand.class),
          Map.entry("data-report", DataReportCommand.class),
          Map.entry("import", ImportCommand.class),
          Map.entry("describe", DescribeCommand.class),
          Map.entry("list", ListCommand.class),
          Map.entry("new-fusion", NewFusionCommand.class),
          Map.entry("generate-demo", GenerateDemoCommand.class),
          Map.entry("extract", ExtractCommand.class),
          Map.entry("convert", ConvertCommand.class),
          Map.entry("doctor", DoctorCommand.class),
          Map.entry("docs", DocsCommand.class),
          Map.entry("completion", CompletionCommand.class));

  /** Those that look at all the others. */
  private static final Set<String> OF_ALL = Set.of("completion", "docs");

  private static final String DEBUG = "--debug";

  @Option(
      names = DEBUG,
      scope = ScopeType.INHERIT,
      description = "Show errors whole, with stack traces.")
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
    if (List.of(arguments).contains(DEBUG)) { // before anything that logs is loaded
      System.setProperty(
          "org.slf4j.simpleLogger.log." + AblationRunner.class.getPackageName(), "debug");
    }
    CommandLine command = commandLine(arguments);
    int status = command.execute(arguments);
    command.getOut().flush();
    System.exit(output.ended(status, command.getErr()));
  }

  /** The command line with its ways to end; of the commands only the one that is asked for. */
  static CommandLine commandLine(String... arguments) {
    CommandLine all = new CommandLine(new Main());
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean alone =
        COMMANDS.stream().anyMatch(known -> known.getKey().equals(first))
            && !OF_ALL.contains(first);
    COMMANDS.stream()
        .filter(known -> !alone || known.getKey().equals(first))
        .forEach(known -> all.addSubcommand(known.getKey(), known.getValue()));
    return Version.toldBy(all)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::misunderstood)
        .setExecutionExceptionHandler(Main::ended);
  }

  /** Whether {@code --debug} was given. */
  static boolean debugs(CommandSpec command) {
    return command.root().userObject() instanceof Main main && main.debug;
  }

  /** As picocli tells it, without signs of the arguments that move a terminal's cursor. */
  private static int misunderstood(ParameterException error, String... arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Lines.message(error.getMessage(), "as it was typed"));
    if (!UnmatchedArgumentException.printSuggestions(error, err)) {
      command.usage(err);
    }
    return ExitStatus.USAGE;
  }

  private static int ended(Exception error, CommandLine command, ParseResult arguments) {
    Main main = (Main) command.getCommandSpec().root().userObject();
    PrintWriter err = command.getErr();
    if (main.debug) {
      err.println(Lines.trace(error));
    }
    if (error instanceof StageCancelled) {
      return ExitStatus.INTERRUPTED;
    }
    Optional<UserError> refusal =
        error instanceof UserError own
            ? Optional.of(own)
            : FullDisk.behind(error).or(() -> FileTrouble.behind(error));
    if (refusal.isPresent()) {
      String message = refusal.get().getMessage();
      err.println(main.debug ? Lines.plain(message) : Lines.message(message, "with --debug"));
      return ExitStatus.USAGE;
    }
    int lines = main.debug ? Integer.MAX_VALUE : Lines.FEW;
    err.println(Lines.folded("fusebox failed: " + Reason.of(error), lines, "with --debug"));
    if (!main.debug) {
      err.println("fusebox --debug ... shows where; fusebox doctor checks this machine.");
    }
    return ExitStatus.FAILED;
  }
}
