package dev.fusebox.file;

import java.io.IOException;
import java.nio.file.Path;

/** A tensor file that is damaged, or not of the form its name promises. */
public final class TensorFormatException extends IOException {

  private static final long serialVersionUID = 1;

  public TensorFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }
}
