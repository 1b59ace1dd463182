package dev.fusebox.cli;

import dev.fusebox.cli.fusion.FusionFolder;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.Plugins;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox new-fusion}: the folder of a fusion yet to be written. */
@Command(
    name = "new-fusion",
    mixinStandardHelpOptions = true,
    description = {
      "Write a complete, tested fusion into the build.",
      "A folder of its own, one line in pom.xml and one in experiments/command/pom.xml."
    },
    footer = {"", "Example:", "  fusebox new-fusion film"})
public final class NewFusionCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "NAME", description = "What configs will call it.")
  private String name;

  @Option(
      names = "--root",
      defaultValue = ".",
      paramLabel = "DIR",
      description = "Fusebox's own folder (default: the current one).")
  private Path root;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    FusionCatalogue known = FusionCatalogue.of(Plugins.loader(List.of()));
    FusionFolder fusion = new FusionFolder(root, name, known);
    fusion.write();
    PrintWriter out = command.commandLine().getOut();
    out.printf("%s is written and part of the build.%n", fusion.folder().normalize());
    out.println("  its formula     src/main/java/dev/fusebox/fusion/" + name);
    out.println("  its test        mvn -q test -pl fusion-" + name + " -am");
    out.println("  in a config     fusion = " + name + "          after mvn -q package");
    out.println("docs/adding-a-fusion.md is the walk-through.");
    out.flush();
    return ExitStatus.DONE;
  }
}
