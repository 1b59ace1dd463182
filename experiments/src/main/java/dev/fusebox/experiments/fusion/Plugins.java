package dev.fusebox.experiments.fusion;

import dev.fusebox.experiments.config.UserError;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Fusions in jars of their own, outside of this program. */
public final class Plugins {

  private Plugins() {}

  /**
   * A class loader that finds what this program holds, and what these jars hold; open as long as
   * the program runs.
   *
   * @throws UserError if there is no such jar
   */
  public static ClassLoader loader(List<Path> jars) {
    ClassLoader own = Plugins.class.getClassLoader();
    return jars.isEmpty()
        ? own
        : new URLClassLoader("plugins", jars.stream().map(Plugins::url).toArray(URL[]::new), own);
  }

  private static URL url(Path jar) {
    if (!Files.exists(jar)) {
      throw new UserError("--plugin " + jar + ": no such file");
    }
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UserError("--plugin " + jar + ": " + e.getMessage(), e);
    }
  }
}
