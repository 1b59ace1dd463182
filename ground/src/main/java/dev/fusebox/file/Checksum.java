package dev.fusebox.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a file held when it was finished.
 *
 * @param bytes how many
 * @param sha256 of them, in hexadecimal digits
 * @since 0.1
 */
public record Checksum(long bytes, String sha256) {

  /** The checksums of files below a folder, by their names there. */
  public static Map<String, Checksum> of(Path folder, List<Path> files, FileHashes hashes)
      throws IOException {
    Map<String, Checksum> sums = new TreeMap<>();
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      sums.put(name, new Checksum(Files.size(file), hashes.ofOwn(file)));
    }
    return sums;
  }

  /** The checksums of all files below a folder but its record. */
  public static Map<String, Checksum> ofAll(Path folder, String record, FileHashes hashes)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return of(
          folder,
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.equals(folder.resolve(record)))
              .toList(),
          hashes);
    }
  }

  /** What is wrong with files of a folder, in words; empty if they hold what they held. */
  public static Optional<String> damage(Path folder, Map<String, Checksum> sums, FileHashes hashes)
      throws IOException {
    for (Map.Entry<String, Checksum> each : sums.entrySet()) {
      Path file = folder.resolve(each.getKey());
      Optional<String> damage = each.getValue().damage(file, hashes);
      if (damage.isPresent()) {
        return Optional.of(each.getKey() + " " + damage.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> damage(Path file, FileHashes hashes) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of("is missing");
    }
    long found = Files.size(file);
    if (found != bytes) {
      return Optional.of("holds %,d bytes, but %,d when it was finished".formatted(found, bytes));
    }
    return hashes.of(file).equals(sha256)
        ? Optional.empty()
        : Optional.of("has changed since it was finished");
  }
}
