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
      "Serve a web page for asking runs side by side.",
      "It listens on this machine only; Ctrl-C stops it. See docs/asking.md."
    },
    sortOptions = false,
    footer = {"", "Example:", "  fusebox serve results/quickstart"})
public final class ServeCommand implements Callable<Integer> {

  @Mixin private AskedArguments asked;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8750",
      description = "Port; 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Another address of this machine, or 0.0.0.0 for all: others who have the token can then reach it, without encryption (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--adversarial",
      paramLabel = "DIR",
      defaultValue = "adversarial",
      description = "Where to keep questions that fooled a run (default: ${DEFAULT-VALUE}).")
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
        out.println("others can reach this address; anyone with the token can ask");
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
