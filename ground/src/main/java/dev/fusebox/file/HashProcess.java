package dev.fusebox.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Hashes a large file in a Java of its own. A command that is to answer at once compiles little,
 * and without HotSpot's second compiler SHA-256 runs at a tenth of its speed: a checkpoint of 22 GB
 * would take two minutes instead of thirteen seconds.
 */
final class HashProcess {

  /** Whether this Java does without the second compiler; {@code fusebox} says so at its start. */
  private static final String SLOW_HERE = "fusebox.slowHashes";

  /** From so many bytes on it pays to start another Java: half a second. */
  private static final long LARGE = 128L << 20;

  private HashProcess() {}

  /** The {@linkplain Fingerprint fingerprint} of a file, computed where that is faster. */
  static String of(Path file) throws IOException {
    boolean apart = Boolean.getBoolean(SLOW_HERE) && Files.size(RegularFile.require(file)) >= LARGE;
    Optional<String> found = apart ? apart(file) : Optional.empty();
    return found.isPresent() ? found.get() : Fingerprint.ofFiles(List.of(file));
  }

  /** By another Java; empty if there is none to be had. */
  static Optional<String> apart(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HashProcess.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(file + ": interrupted while its hash was computed");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Prints the fingerprint of the file that is its one argument. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(Fingerprint.ofFiles(List.of(Path.of(arguments[0]))));
  }
}
