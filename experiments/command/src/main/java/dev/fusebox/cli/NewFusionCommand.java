package dev.fusebox.cli;

import dev.fusebox.cli.fusion.FusionFolder;
import dev.fusebox.cli.fusion.FusionProject;
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
      "Create a complete, tested fusion module.",
      "A new folder, one line in pom.xml and one in experiments/command/pom.xml;",
      "or, with --standalone, a separate project, whose jar is loaded with --plugin."
    },
    footer = {
      "",
      "Examples:",
      "  fusebox new-fusion film",
      "  fusebox new-fusion film --standalone ~/fusion-film"
    })
public final class NewFusionCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "NAME", description = "Its name in configs.")
  private String name;

  @Option(
      names = "--root",
      defaultValue = ".",
      paramLabel = "DIR",
      description = "Fusebox's own folder (default: the current one).")
  private Path root;

  @Option(
      names = "--standalone",
      paramLabel = "DIR",
      description = "Create a separate project here, with pom.xml, README.md and a config.")
  private Path standalone;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    FusionCatalogue known = FusionCatalogue.of(Plugins.loader(List.of()));
    PrintWriter out = command.commandLine().getOut();
    if (standalone == null) {
      writeFolder(known, out);
    } else {
      new FusionProject(standalone, name, known).write(Version.number());
      out.printf("%s is a separate project; see its README.md.%n", standalone);
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private void writeFolder(FusionCatalogue known, PrintWriter out) throws IOException {
    FusionFolder fusion = new FusionFolder(root, name, known);
    fusion.write();
    out.printf("%s was created and added to the build.%n", fusion.folder().normalize());
    out.println("  its formula     src/main/java/dev/fusebox/fusion/" + name);
    out.println("  its test        mvn -q test -pl fusion-" + name + " -am");
    out.println("  in a config     fusion = " + name + "          after mvn -q package");
    out.println("docs/adding-a-fusion.md is a walk-through.");
  }
}
