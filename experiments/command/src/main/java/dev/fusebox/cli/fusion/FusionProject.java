package dev.fusebox.cli.fusion;

import dev.fusebox.file.UserError;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A new fusion as a project of its own, outside of Fusebox's: its jar is named by {@code --plugin}.
 */
public final class FusionProject {

  private final FusionSources sources;

  /**
   * A project in {@code folder}.
   *
   * @throws UserError if the name is not one, or taken, or the folder is there
   */
  public FusionProject(Path folder, String name, FusionCatalogue known) {
    sources = new FusionSources(name, folder, known);
  }

  /**
   * Writes it.
   *
   * @param version of Fusebox that it is built against
   */
  public void write(String version) throws IOException {
    sources.write(
        version,
        Map.of(
            "pom.xml", "standalone-pom.xml",
            "README.md", "README.md",
            ".gitignore", "gitignore",
            "try.conf", "try.conf"));
  }
}
