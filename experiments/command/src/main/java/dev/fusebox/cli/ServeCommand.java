package dev.fusebox.cli;

import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.page.AskPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox serve}: a page on which runs are asked side by side. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Show a page on which runs are asked side by side.",
      "It listens to this machine alone; Ctrl-C ends it. docs/asking.md says more."
    },
    sortOptions = false,
    footer = {"", "Example:", "  fusebox serve results/quickstart"})
public final class ServeCommand implements Callable<Integer> {

  @Mixin private AskedArguments asked;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8750",
      description = "Where it listens; 0: a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Another address of this machine: then others reach it, who have the token, and what"
              + " they send is not encrypted (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--adversarial",
      paramLabel = "DIR",
      defaultValue = "adversarial",
      description = "Where questions go that fooled a run (default: ${DEFAULT-VALUE}).")
  private Path collected;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    boolean alone = AskPage.isLoopback(host);
    try (AskedRuns runs = asked.open();
        AskPage page = AskPage.start(runs, host, port, collected)) {
      out.printf("%d runs; open %s%n", runs.runs().size(), page.address());
      if (!alone) {
        out.println("others can reach this address; whoever has the token can ask");
      }
      out.flush();
      Runtime.getRuntime().addShutdownHook(new Thread(page::close, "ending"));
      page.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitStatus.INTERRUPTED;
    }
    return ExitStatus.DONE;
  }
}
