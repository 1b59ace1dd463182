package dev.fusebox.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that are there whole or not at all: each is written beside its place under a name of {@link
 * UnfinishedFiles} and then takes the place in one move.
 *
 * @since 0.1
 */
public final class WholeFile {

  private WholeFile() {}

  /** What writes the content. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream output) throws IOException;
  }

  /** What fills a file by its own means: in any order, or forced to the disk. */
  @FunctionalInterface
  public interface Filling {
    /** Writes everything; the file is there and empty. */
    void fill(Path file) throws IOException;
  }

  /**
   * Writes a file from beginning to end, replacing one of the same name. Makes its folder.
   *
   * @throws IOException if it cannot be written, with the file's name; nothing is left then
   */
  public static void write(Path file, Content content) throws IOException {
    fill(file, UnfinishedFiles.beside(file), unfinished -> stream(unfinished, content));
  }

  private static void stream(Path unfinished, Content content) throws IOException {
    try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
      content.writeTo(output);
    }
  }

  /**
   * Writes a large file, as {@link #write(Path, Content)}. What killed processes left of the same
   * file goes first, and what this one has begun goes if it is told to stop.
   *
   * @param bytes at least so many will be written
   * @throws IOException before anything is written, too, if there is no room for them
   */
  public static void write(Path file, long bytes, Filling content) throws IOException {
    Path unfinished = UnfinishedFiles.beside(file);
    requireRoom(file, unfinished.getParent(), bytes);
    UnfinishedFiles.sweepOf(file);
    UnfinishedFiles.begin(unfinished);
    try {
      fill(file, unfinished, content);
    } finally {
      UnfinishedFiles.end(unfinished);
    }
  }

  /**
   * Gives a file, or a folder with all that is in it, another name on the same disk at once:
   * whoever looks finds it whole under either name. A file of the new name is replaced.
   *
   * @throws IOException if a folder of the new name has anything in it
   */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void requireRoom(Path file, Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (bytes > free) {
      throw new FileSystemException(
          file.toString(),
          null,
          "No space left on device: it takes %,d bytes, %,d are free".formatted(bytes, free));
    }
  }

  private static void fill(Path file, Path unfinished, Filling content) throws IOException {
    try {
      Files.createFile(unfinished); // readable as other files are; a temporary one is its owner's
      content.fill(unfinished);
      move(unfinished, file);
    } catch (FileFormatException e) {
      throw e; // of the file that the content is from
    } catch (IOException e) {
      throw FullDisk.at(file, e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
