package dev.fusebox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Two seconds of Jazzer for a reader, in a process of its own: with 512 MB of heap, a bound for
 * what lies beside it, and always the same seed. {@code checks/fuzz} does the same for hours.
 */
public final class FuzzedBriefly {

  private static final int SECONDS = 2;
  private static final int SLOWEST_INPUT =
      240; // seconds: the first one loads all classes, perhaps on a busy machine
  private static final int WHOLE_PROCESS = 1500; // megabytes
  private static final int LONGEST_CALL = 600; // seconds, on a machine that does other things too
  private static final int SHOWN = 25; // lines

  /**
   * A process is born with the peak memory of the one that started it, which may be above what the
   * fuzzer may take; that of a shell is small.
   */
  private static final List<String> BY_A_SHELL = List.of("sh", "-c", "\"$@\"; exit $?", "sh");

  private static final String FUZZER = "com.code_intelligence.jazzer.Jazzer";

  private FuzzedBriefly() {}

  /**
   * One test per reader. An input that is found is kept in {@code target/fuzzed}, and named.
   *
   * @param test the class whose {@code TARGETS} they are
   */
  public static Stream<DynamicTest> of(Class<?> test, Collection<String> targets) {
    return targets.stream()
        .sorted()
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target + ", two seconds of new inputs",
                    () -> {
                      Path folder = Path.of("target", "fuzzed", test.getSimpleName(), target);
                      fuzz(test, target, folder.toAbsolutePath());
                    }));
  }

  /**
   * Fuzzes a reader.
   *
   * @param folder where its log and what it finds go
   * @throws AssertionError that names the input, if there is one that the reader should not answer
   *     so
   */
  static void fuzz(Class<?> test, String target, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("corpus"));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command(test, target))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(LONGEST_CALL, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    Assertions.assertTrue(ended, () -> "Jazzer came to no end; see " + log);
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "%s of %s: found %s%n%s"
              .formatted(target, test.getSimpleName(), inputs(folder), end(log)));
    }
  }

  private static List<String> command(Class<?> test, String target) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>(BY_A_SHELL);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=128m",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
            "-cp",
            classPath,
            FUZZER,
            "--target_class=" + FuzzerDoor.class.getName(),
            "--target_args=" + test.getName() + " " + target,
            "--instrumentation_includes=dev.fusebox.**",
            "--trace=cov:cmp",
            "-max_total_time=" + SECONDS,
            "-seed=1",
            "-timeout=" + SLOWEST_INPUT,
            "-rss_limit_mb=" + WHOLE_PROCESS,
            "-max_len=16384",
            "corpus"));
    command.add(seeds(test, target).toString());
    return command;
  }

  private static Path seeds(Class<?> test, String target) {
    String name = test.getSimpleName() + "Inputs/" + target;
    URL directory = test.getResource(name);
    Assertions.assertNotNull(directory, "no inputs in " + name);
    try {
      return Path.of(directory.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(directory + " is no folder", e);
    }
  }

  /** What Jazzer names so is an input that it wants to be looked at. */
  private static String inputs(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(crash|timeout|oom|leak)-.*"))
          .map(Path::toString)
          .sorted()
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.readString(log).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
  }
}
