package dev.fusebox.array;

import dev.fusebox.file.TensorFormatException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Files that appear whole or not at all. */
public final class WholeFile {

  private static final Pattern UNFINISHED =
      Pattern.compile("\\..+\\.\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\.unfinished");

  /** Writes the content of a file that is there and empty. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path file) throws IOException;
  }

  /** Longer than any process is silent while it writes a file. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  /** What this process is writing; it goes when the process is told to stop. */
  private static final Set<Path> BEGUN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(WholeFile::deleteBegun, "unfinished files"));
  }

  private WholeFile() {}

  private static void deleteBegun() {
    BEGUN.forEach(file -> file.toFile().delete());
  }

  /**
   * As {@link #write(Path, Content)}, where it is known how much will be written.
   *
   * @param bytes at least so many
   * @throws IOException before anything is written, too, if there is no room for them
   */
  public static void write(Path file, long bytes, Content content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    long free = Files.getFileStore(directory).getUsableSpace();
    if (bytes > free) {
      throw new FileSystemException(
          file.toString(),
          null,
          "No space left on device: it takes %,d bytes, %,d are free".formatted(bytes, free));
    }
    write(file, content);
  }

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
    sweep(directory, file.getFileName() + ".");
    BEGUN.add(unfinished);
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
      BEGUN.remove(unfinished);
    }
  }

  /**
   * Removes what killed processes left of the same file, once nobody has touched it for an hour.
   */
  private static void sweep(Path directory, String name) throws IOException {
    FileTime before = FileTime.from(Instant.now().minus(ABANDONED));
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            directory,
            entry ->
                UNFINISHED.matcher(entry.getFileName().toString()).matches()
                    && entry.getFileName().toString().startsWith("." + name))) {
      for (Path each : left) {
        if (Files.isRegularFile(each) && Files.getLastModifiedTime(each).compareTo(before) < 0) {
          Files.deleteIfExists(each);
        }
      }
    } catch (NoSuchFileException e) {
      // another process swept it meanwhile
    }
  }
}
