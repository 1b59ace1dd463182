package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import java.nio.file.Path;

/** The script that this program was started with; it says where it lies. */
final class Launcher {

  private static final String HOME = "fusebox.home";

  private Launcher() {}

  /** Its whole path. */
  static String path() {
    return in(home());
  }

  /** The script in a folder of Fusebox. */
  static String in(Path home) {
    return home.resolve("fusebox").toString();
  }

  /**
   * The folder of this Fusebox.
   *
   * @throws UserError if the program was started without its script
   */
  static Path home() {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new UserError("start this with ./fusebox: other machines will, too");
    }
    return Path.of(home);
  }
}
