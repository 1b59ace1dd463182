package dev.fusebox.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * A hash of compiled code: results are made again when the code that makes them changes, and only
 * then. A commit would not do: most commits change other things, and a dirty tree has none.
 *
 * @since 0.1
 */
public final class CodeVersion {

  private static final int LENGTH = 12;

  private CodeVersion() {}

  /**
   * The hash of everything below {@code packages} in the jar or directory that {@code witness} was
   * loaded from, subpackages included.
   */
  public static String of(Class<?> witness, List<String> packages) {
    try {
      Path source = Path.of(witness.getProtectionDomain().getCodeSource().getLocation().toURI());
      SortedMap<String, Long> entries =
          Files.isDirectory(source) ? inDirectory(source) : inJar(source);
      Fingerprint fingerprint = new Fingerprint();
      entries.forEach(
          (name, sum) -> {
            if (packages.stream().anyMatch(name::startsWith)) {
              fingerprint.add(name).add(sum);
            }
          });
      return fingerprint.hex().substring(0, LENGTH);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(witness + " was loaded from no file", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hash of the whole jar or directory that {@code witness} was loaded from. */
  public static String of(Class<?> witness) {
    return of(witness, List.of(""));
  }

  private static SortedMap<String, Long> inJar(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      SortedMap<String, Long> entries = new TreeMap<>();
      file.stream()
          .filter(entry -> counts(entry.getName()))
          .forEach(entry -> entries.put(entry.getName(), entry.getCrc()));
      return entries;
    }
  }

  private static SortedMap<String, Long> inDirectory(Path directory) throws IOException {
    SortedMap<String, Long> entries = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        if (counts(name)) {
          java.util.zip.CRC32 sum = new java.util.zip.CRC32();
          sum.update(Files.readAllBytes(file));
          entries.put(name, sum.getValue());
        }
      }
    }
    return entries;
  }

  private static boolean counts(String name) {
    return !name.startsWith("META-INF/") && !name.endsWith("/") && !name.endsWith("git.properties");
  }
}
