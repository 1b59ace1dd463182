package dev.fusebox.lab.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Lines of configs, by file and number. The file that was asked for last is kept: ten thousand
 * variants in one file ask for ten thousand of its lines, one after the other.
 */
final class WrittenLines {

  private record Kept(Path file, FileTime time, long size, List<String> lines) {

    boolean holds(Path other, BasicFileAttributes now) {
      return file.equals(other) && time.equals(now.lastModifiedTime()) && size == now.size();
    }
  }

  private final AtomicReference<Kept> last =
      new AtomicReference<>(new Kept(Path.of(""), FileTime.fromMillis(0), -1, List.of()));

  /**
   * A line as it was written, or nothing where there is none: what was named may be no file.
   *
   * @param number of the line, from 1
   */
  String line(String file, int number) {
    try {
      List<String> lines = lines(Path.of(file));
      return number <= lines.size() ? lines.get(number - 1) : "";
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      return "";
    }
  }

  private List<String> lines(Path file) throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    Kept kept = last.get();
    if (!kept.holds(file, now)) {
      kept = new Kept(file, now.lastModifiedTime(), now.size(), read(file, now));
      last.set(kept);
    }
    return kept.lines();
  }

  private static List<String> read(Path file, BasicFileAttributes now) throws IOException {
    if (!now.isRegularFile()) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines.toList();
    }
  }
}
