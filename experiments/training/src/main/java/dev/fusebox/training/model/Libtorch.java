package dev.fusebox.training.model;

import ai.djl.util.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which libtorch computes here. Another version may give other last bits. */
public final class Libtorch {

  private static final Pattern OF_PIP = Pattern.compile("__version__ = ['\"]([^'\"]+)['\"]");

  private Libtorch() {}

  /** Its version, without starting it: of the build's own, or of the one that was named instead. */
  public static String version() {
    return version(Optional.ofNullable(System.getenv("PYTORCH_LIBRARY_PATH")).map(Path::of));
  }

  /**
   * The same.
   *
   * @param named the folder of libraries that {@code PYTORCH_LIBRARY_PATH} names
   */
  static String version(Optional<Path> named) {
    return named
        .map(Libtorch::foundBeside)
        .orElseGet(() -> withoutDate(Platform.detectPlatform("pytorch").getVersion()));
  }

  /** DJL adds the day on which it was packed. */
  private static String withoutDate(String version) {
    return version.replaceFirst("-\\d{8}$", "");
  }

  /** The two ways in which PyTorch is given away say it in files of their own. */
  private static String foundBeside(Path libraries) {
    Path home = libraries.toAbsolutePath().normalize().resolveSibling("version.py");
    Path zip = home.resolveSibling("build-version");
    try {
      if (Files.isRegularFile(home)) {
        Matcher version = OF_PIP.matcher(Files.readString(home));
        return version.find() ? version.group(1) : unknown(libraries);
      }
      return Files.isRegularFile(zip) ? Files.readString(zip).strip() : unknown(libraries);
    } catch (IOException e) {
      return unknown(libraries);
    }
  }

  private static String unknown(Path libraries) {
    return "of " + libraries;
  }
}
