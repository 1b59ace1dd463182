package dev.fusebox;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;

/**
 * The inputs that a fuzzer starts from, and those that once went wrong: files in the resource
 * directory {@code CLASSInputs/TARGET}. Each is given to its reader as a test; {@code checks/fuzz}
 * makes new ones of them.
 */
public final class FuzzedInputs {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private FuzzedInputs() {}

  /**
   * One test per file.
   *
   * @param test the class whose resources they are
   * @param targets what reads the files of a directory, by the directory's name
   */
  public static Stream<DynamicTest> replay(Class<?> test, Map<String, Consumer<byte[]>> targets)
      throws IOException {
    return targets.keySet().stream()
        .sorted()
        .flatMap(target -> files(test, target).stream().map(file -> replay(file, targets)));
  }

  private static DynamicTest replay(Path file, Map<String, Consumer<byte[]>> targets) {
    String target = file.getParent().getFileName().toString();
    return DynamicTest.dynamicTest(
        target + ", " + file.getFileName(),
        () -> {
          byte[] bytes = Files.readAllBytes(file);
          Assertions.assertTimeout(LONGEST, () -> targets.get(target).accept(bytes));
        });
  }

  private static List<Path> files(Class<?> test, String target) {
    String name = test.getSimpleName() + "Inputs/" + target;
    URL directory = test.getResource(name);
    Assertions.assertNotNull(directory, "no inputs in " + name);
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      return files.sorted().toList();
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(directory + " cannot be listed", e);
    }
  }
}
