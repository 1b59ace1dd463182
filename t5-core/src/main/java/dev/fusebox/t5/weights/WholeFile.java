package dev.fusebox.t5.weights;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that appear whole or not at all. */
public final class WholeFile {

  /** Writes the content of a file that is there and empty. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path file) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes beside {@code file}, then takes its place in one step. Makes the directory.
   *
   * @throws IOException if it cannot be written, with the file's name; nothing is left then
   */
  public static void write(Path file, Content content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path unfinished =
        directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".unfinished");
    try {
      Files.createFile(unfinished); // readable as other files are; a temporary one is its owner's
      content.writeTo(unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException | TensorFormatException e) {
      throw e; // they name their file
    } catch (IOException e) {
      IOException named = new FileSystemException(file.toString(), null, e.getMessage());
      named.initCause(e);
      throw named;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
