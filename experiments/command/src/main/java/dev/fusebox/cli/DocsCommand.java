package dev.fusebox.cli;

import dev.fusebox.cli.docs.DocsSite;
import dev.fusebox.cli.docs.JavadocPages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox docs}: the guides as pages. */
@Command(
    name = "docs",
    mixinStandardHelpOptions = true,
    hidden = true, // help fits a screen
    description = {
      "Write the guides, every setting, every fusion and the javadoc as HTML pages.",
      "They need no network; start at index.html."
    },
    footer = {"", "Example:", "  fusebox docs target/docs"})
public final class DocsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Where to write them.")
  private Path folder;

  @Option(
      names = "--javadoc",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether to make the classes' javadoc, some seconds (default: yes).")
  private boolean javadoc;

  @Mixin private PluginArguments plugins;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    if (javadoc) {
      Optional<JavadocPages> pages = JavadocPages.of(Launcher.home());
      if (pages.isPresent()) {
        pages.get().write(folder.resolve(DocsSite.JAVADOC));
      }
    }
    List<String> missing = DocsSite.of(Launcher.home(), plugins.loader()).write(folder);
    PrintWriter out = command.commandLine().getOut();
    missing.forEach(link -> out.println("not found, so not linked: " + link));
    out.println(folder.resolve("index.html").toAbsolutePath().normalize().toUri());
    out.flush();
    return ExitStatus.DONE;
  }
}
