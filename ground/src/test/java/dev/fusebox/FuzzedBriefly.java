package dev.fusebox;

import dev.fusebox.file.DirectoryTree;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Two seconds of Jazzer for a reader. All readers of a class share a process, which takes longer to
 * start than that: with 512 MB of heap, a bound for what lies beside it, and always the same seed.
 * {@code checks/fuzz} does the same for hours, in a process for each.
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
   * One test of all readers. An input that is found is kept in {@code target/fuzzed}, and named.
   *
   * @param test the class whose {@code TARGETS} they are
   */
  public static Stream<DynamicTest> of(Class<?> test, Collection<String> targets) {
    List<String> sorted = targets.stream().sorted().toList();
    Path folder = Path.of("target", "fuzzed", test.getSimpleName()).toAbsolutePath();
    return Stream.of(
        DynamicTest.dynamicTest(
            "two seconds of new inputs for each of " + String.join(", ", sorted),
            () -> fuzz(test, sorted, folder)));
  }

  /**
   * Fuzzes readers.
   *
   * @param folder where its log and what it finds go
   * @throws AssertionError that names the input, if there is one that its reader should not answer
   *     so
   */
  static void fuzz(Class<?> test, List<String> targets, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("corpus"));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command(test, targets, seeds(test, targets, folder.resolve("seeds"))))
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
          "%s: found %s%n%s".formatted(test.getSimpleName(), found(folder, targets), end(log)));
    }
  }

  private static List<String> command(Class<?> test, List<String> targets, Path seeds) {
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
            "--target_args=" + test.getName() + " " + String.join(" ", targets),
            "--instrumentation_includes=dev.fusebox.**",
            "--trace=cov:cmp",
            "-max_total_time=" + SECONDS * targets.size(),
            "-seed=1",
            "-timeout=" + SLOWEST_INPUT,
            "-rss_limit_mb=" + WHOLE_PROCESS,
            "-max_len=16384",
            "corpus",
            seeds.toString()));
    return command;
  }

  /** The inputs to begin with, each behind the place of its reader where there are several. */
  private static Path seeds(Class<?> test, List<String> targets, Path folder) throws IOException {
    if (targets.size() == 1) {
      return seeds(test, targets.get(0));
    }
    DirectoryTree.delete(folder);
    Files.createDirectories(folder);
    for (int reader = 0; reader < targets.size(); reader++) {
      String target = targets.get(reader);
      try (Stream<Path> inputs = Files.list(seeds(test, target))) {
        for (Path input : inputs.toList()) {
          try (OutputStream out =
              Files.newOutputStream(folder.resolve(target + "-" + input.getFileName()))) {
            out.write(reader);
            Files.copy(input, out);
          }
        }
      }
    }
    return folder;
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
  private static String found(Path folder, List<String> targets) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().matches("(crash|timeout|oom|leak)-.*")) {
          found.add(
              targets.size() == 1 ? targets.get(0) + ": " + file : forItsReader(file, targets));
        }
      }
    }
    return String.join(", ", found);
  }

  /** The same without the byte that chose the reader, in a folder of the reader's name. */
  private static String forItsReader(Path file, List<String> targets) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length == 0) {
      return "no reader: " + file;
    }
    String target = targets.get(FuzzerDoor.reader(bytes, targets.size()));
    Path own = file.resolveSibling(target).resolve(file.getFileName());
    Files.createDirectories(own.getParent());
    Files.write(own, Arrays.copyOfRange(bytes, 1, bytes.length));
    Files.delete(file);
    return target + ": " + own;
  }

  private static String end(Path log) throws IOException {
    List<String> lines = Files.readString(log).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
  }
}
