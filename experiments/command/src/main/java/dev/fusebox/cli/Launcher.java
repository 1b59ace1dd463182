package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import java.nio.file.Path;

/** The script that this program was started with; it says where it lies. */
final class Launcher {

  private static final String HOME = "fusebox.home";

  private Launcher() {}

  /**
   * Its whole path.
   *
   * @throws UserError if the program was started without it
   */
  static String path() {
    String home = System.getProperty(HOME);
    if (home == null) {
      throw new UserError("start this with ./fusebox: other machines will, too");
    }
    return Path.of(home).resolve("fusebox").toString();
  }
}
