package dev.fusebox.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is being written, or was when a process was killed. Until a file or a folder is whole its
 * name begins with a dot and ends in {@code .unfinished}, after a random part where several may
 * write the same one.
 *
 * @since 0.1
 */
public final class UnfinishedFiles {

  /** Longer than any process is silent while it writes a file. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private static final String RANDOM = "\\.\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";

  /** Only such names: what else begins with a dot, a person put there. */
  private static final Pattern NAME =
      Pattern.compile("\\..+(" + RANDOM + "(\\.unfinished)?|\\.unfinished)");

  /** What this process is writing; it goes when the process is told to stop. */
  private static final Set<Path> BEGUN = ConcurrentHashMap.newKeySet();

  static {
    Thread hook = new Thread(UnfinishedFiles::deleteBegun, "unfinished files");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the first file of a process that is stopping: what is left of it is swept one day
    }
  }

  private UnfinishedFiles() {}

  private static void deleteBegun() {
    BEGUN.forEach(file -> file.toFile().delete());
  }

  /** A name for what will become {@code file}; its folder is made. */
  public static Path beside(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    return folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".unfinished");
  }

  static void begin(Path unfinished) {
    BEGUN.add(unfinished);
  }

  static void end(Path unfinished) {
    BEGUN.remove(unfinished);
  }

  /**
   * Removes what killed processes left half-written below a folder that others may be writing to:
   * only what nobody has touched for an hour.
   */
  public static void sweep(Path folder) throws IOException {
    sweep(folder, abandoned());
  }

  /** Removes what is half-written below a folder that nobody else writes to. */
  public static void sweepNow(Path folder) throws IOException {
    sweep(folder, Instant.MAX);
  }

  /** Removes what killed processes left of one file, once nobody has touched it for an hour. */
  static void sweepOf(Path file) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote("." + file.getFileName()) + RANDOM + ".*");
    for (Path entry : entries(file.toAbsolutePath().getParent())) {
      if (name.matcher(entry.getFileName().toString()).matches() && Files.isRegularFile(entry)) {
        sweepUnlessGone(entry, abandoned());
      }
    }
  }

  private static Instant abandoned() {
    return Instant.now().minus(ABANDONED);
  }

  private static void sweep(Path folder, Instant before) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path entry : entries(folder)) {
        sweepUnlessGone(entry, before);
      }
    }
  }

  private static void sweepUnlessGone(Path entry, Instant before) throws IOException {
    try {
      sweepEntry(entry, before);
    } catch (NoSuchFileException | UncheckedIOException e) {
      // another process finished it meanwhile
    }
  }

  private static void sweepEntry(Path entry, Instant before) throws IOException {
    String name = entry.getFileName().toString();
    if (!name.startsWith(".")) {
      sweep(entry, before);
    } else if (NAME.matcher(name).matches() && lastTouched(entry).isBefore(before)) {
      DirectoryTree.delete(entry);
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
}
