package dev.fusebox.experiments.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that are there whole or not at all. */
public final class WholeFile {

  private WholeFile() {}

  /** What writes the content. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream output) throws IOException;
  }

  /** Writes to a temporary file beside {@code file}, which then takes its place in one move. */
  public static void write(Path file, Content content) throws IOException {
    Path unfinished = beside(file);
    try {
      try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        content.writeTo(output);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** A name for what will become {@code file}; its folder is made. */
  public static Path beside(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    return folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
  }
}
