package dev.fusebox.training.catalogue;

import dev.fusebox.file.UserError;
import dev.fusebox.fusion.FusionProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/** Fusions in jars of their own, outside of this program. */
public final class Plugins {

  private static final String SERVICE = "META-INF/services/" + FusionProvider.class.getName();

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

  /** A class loader passes over what it cannot open, and says nothing. */
  private static void check(Path jar) {
    if (!Files.exists(jar)) {
      throw new UserError("--plugin " + jar + ": no such file");
    }
    if (Files.isDirectory(jar)) {
      return;
    }
    if (!Files.isRegularFile(jar)) {
      throw new UserError("--plugin " + jar + ": not a regular file; a jar is expected");
    }
    try (ZipFile opened = new ZipFile(jar.toFile())) {
      if (opened.getEntry(SERVICE) == null) {
        throw new UserError(
            "--plugin " + jar + ": holds no fusion: " + SERVICE + " is missing in it");
      }
    } catch (IOException e) {
      throw new UserError("--plugin " + jar + ": not a readable jar: " + e.getMessage(), e);
    }
  }

  /** What is wrong with a fusion's class, in words. */
  static String broken(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedClassVersionError version) {
        return tooNew(version);
      }
    }
    Throwable cause = error.getCause() == null ? error : error.getCause();
    return "a fusion cannot be loaded: "
        + error.getMessage()
        + (cause == error ? "" : ": " + cause)
        + "; rebuild the jar against this version, or leave it out";
  }

  private static String tooNew(UnsupportedClassVersionError error) {
    Matcher found =
        Pattern.compile("(\\S+) has been compiled.*?class file version (\\d+).*")
            .matcher(String.valueOf(error.getMessage()));
    String what = found.matches() ? found.group(1).replace('/', '.') : "a fusion";
    String version =
        found.matches() ? "Java " + (Integer.parseInt(found.group(2)) - 44) : "a newer Java";
    return "%s is compiled for %s; this is Java %d: build the jar with --release %d or lower"
        .formatted(what, version, Runtime.version().feature(), Runtime.version().feature());
  }

  private static URL url(Path jar) {
    check(jar);
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UserError("--plugin " + jar + ": " + e.getMessage(), e);
    }
  }
}
