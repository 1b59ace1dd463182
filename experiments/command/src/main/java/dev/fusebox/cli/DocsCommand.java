package dev.fusebox.cli;

import dev.fusebox.cli.docs.DocsSite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox docs}: the guides as pages. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    hidden = true, // help fits a screen
    description = {
      "Write the guides, every setting and every fusion as HTML pages.",
      "They need no network; start at index.html."
    },
    footer = {"", "Example:", "  fusebox docs target/docs"})
public final class DocsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Where to write them.")
  private Path folder;

  @Mixin private PluginArguments plugins;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    List<String> missing = DocsSite.of(Launcher.home(), plugins.loader()).write(folder);
    PrintWriter out = command.commandLine().getOut();
    missing.forEach(link -> out.println("not found, so not linked: " + link));
    out.println(folder.resolve("index.html").toAbsolutePath().normalize().toUri());
    out.flush();
    return ExitStatus.DONE;
  }
}
