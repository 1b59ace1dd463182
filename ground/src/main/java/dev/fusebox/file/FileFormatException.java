package dev.fusebox.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is damaged, or not of the form in which it is read. The message begins with its name.
 *
 * @since 0.1
 */
public final class FileFormatException extends IOException {

  private static final long serialVersionUID = 1;

  public FileFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }

  public FileFormatException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
