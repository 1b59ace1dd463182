package dev.fusebox.training.catalogue;

import dev.fusebox.file.UserError;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.vision.VisionBackboneProvider;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Fusions and backbones in jars of their own, outside of this program. */
public final class Plugins {

  private static final List<String> SERVICES =
      Stream.of(FusionProvider.class, VisionBackboneProvider.class)
          .map(type -> "META-INF/services/" + type.getName())
          .toList();

  private static final int MOST_CAUSES = 8; // an error may be its own cause

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
      if (SERVICES.stream().allMatch(service -> opened.getEntry(service) == null)) {
        throw new UserError(
            "--plugin %s: holds no fusion and no backbone: one of %s must be in it"
                .formatted(jar, String.join(", ", SERVICES)));
      }
    } catch (IOException e) {
      throw new UserError("--plugin " + jar + ": not a readable jar: " + e.getMessage(), e);
    }
  }

  /**
   * Every kind of backbone that the class loader finds.
   *
   * @throws UserError if one cannot be loaded
   */
  public static VisionBackbones backbones(ClassLoader loader) {
    try {
      return VisionBackbones.of(loader);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UserError(broken(e), e);
    }
  }

  /** What is wrong with the class of a fusion or backbone, in words. */
  static String broken(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedClassVersionError version) {
        return tooNew(version);
      }
    }
    String causes = // what failed in the class itself lies deepest
        Stream.iterate(error.getCause(), Objects::nonNull, Throwable::getCause)
            .limit(MOST_CAUSES)
            .map(cause -> ": " + cause)
            .collect(Collectors.joining());
    return "a fusion or backbone cannot be loaded: "
        + error.getMessage()
        + causes
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
