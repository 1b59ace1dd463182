package dev.fusebox.lab.config;

/**
 * One thing that is wrong.
 *
 * @param file where it stands
 * @param line from 1; 0 if there is none, as on the command line
 * @param key the full key, with {@code = value} where the value is wrong
 * @param message what is wrong and what is allowed
 */
public record Problem(String file, int line, String key, String message) {

  String place(String mainFile) {
    if (line <= 0 || file.equals(ConfigSource.COMMAND_LINE)) {
      return file;
    }
    return file.equals(mainFile) ? "line " + line : file + " line " + line;
  }
}
