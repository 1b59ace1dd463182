package dev.fusebox.cli;

import dev.fusebox.training.catalogue.Plugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of every command that knows fusions. */
final class PluginArguments {

  @Option(
      names = "--plugin",
      paramLabel = "JAR",
      description = "A jar with a fusion or backbone; may be repeated.")
  private List<Path> jars = new ArrayList<>();

  List<Path> jars() {
    return List.copyOf(jars);
  }

  /** Finds what this program holds and what the jars hold. */
  ClassLoader loader() {
    return Plugins.loader(jars);
  }
}
