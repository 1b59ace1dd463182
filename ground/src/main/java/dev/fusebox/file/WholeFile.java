package dev.fusebox.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that are there whole or not at all. Until a file is whole its name begins with a dot and
 * ends in a random part, so that what a killed process left can be told from what it finished.
 */
public final class WholeFile {

  /** Longer than any process is silent while it writes a file. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  /** Only such names: what else begins with a dot, a person put there. */
  private static final Pattern UNFINISHED =
      Pattern.compile(
          "\\..+\\.(\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}(\\.unfinished)?|unfinished)");

  private WholeFile() {}

  /** What writes the content. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream output) throws IOException;
  }

  /**
   * Writes to a temporary file beside {@code file}, which then takes its place in one move.
   *
   * @throws IOException if it cannot be written, with the file's name; nothing is left then
   */
  public static void write(Path file, Content content) throws IOException {
    Path unfinished = beside(file);
    try {
      try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        content.writeTo(output);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FullDisk.at(file, e);
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

  /**
   * Removes what killed processes left half-written below a folder that others may be writing to:
   * only what nobody has touched for an hour.
   */
  public static void sweep(Path folder) throws IOException {
    sweep(folder, Instant.now().minus(ABANDONED));
  }

  /** Removes what is half-written below a folder that nobody else writes to. */
  public static void sweepNow(Path folder) throws IOException {
    sweep(folder, Instant.MAX);
  }

  private static void sweep(Path folder, Instant before) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path entry : entries(folder)) {
      try {
        sweepEntry(entry, before);
      } catch (NoSuchFileException | UncheckedIOException e) {
        // another process finished it meanwhile
      }
    }
  }

  private static void sweepEntry(Path entry, Instant before) throws IOException {
    String name = entry.getFileName().toString();
    if (!name.startsWith(".")) {
      sweep(entry, before);
    } else if (UNFINISHED.matcher(name).matches() && lastTouched(entry).isBefore(before)) {
      deleteTree(entry);
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  private static Instant lastTouched(Path entry) throws IOException {
    Instant last = Instant.MIN;
    try (Stream<Path> all = Files.walk(entry)) {
      for (Path each : all.toList()) {
        Instant touched = Files.getLastModifiedTime(each).toInstant();
        last = touched.isAfter(last) ? touched : last;
      }
    }
    return last;
  }

  /** Removes a file, or a directory with all that is in it; does nothing if there is none. */
  public static void deleteTree(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
