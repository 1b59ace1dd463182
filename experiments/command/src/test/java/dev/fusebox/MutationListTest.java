package dev.fusebox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code checks/mutation} runs seldom: what its list names must be there when it does. */
class MutationListTest {

  private static final Path ROOT = Path.of(System.getProperty("fusebox.root"));

  /** A line of the list: a module, a package of it, and further tests that know that package. */
  private record Entry(Path module, String name, List<String> tests) {

    static Entry of(String line) {
      List<String> words = List.of(line.split(" "));
      return new Entry(ROOT.resolve(words.get(0)), words.get(1), words.subList(2, words.size()));
    }
  }

  private static List<Entry> entries() throws IOException {
    String script = Files.readString(ROOT.resolve("checks/mutation"));
    String list = script.split("<<'PACKAGES'\n|\nPACKAGES\n")[1];
    return Arrays.stream(list.split("\n")).map(Entry::of).toList();
  }

  @Test
  void everyPackageIsThereAndTested() throws IOException {
    assertThat(entries()).hasSizeGreaterThan(8);
    for (Entry entry : entries()) {
      String folder = entry.name().replace('.', '/');
      assertThat(classes(entry.module().resolve("src/main/java").resolve(folder)))
          .as("classes of %s", entry.name())
          .isNotEmpty();
      List<Path> own = classes(entry.module().resolve("src/test/java").resolve(folder));
      assertThat(own.isEmpty() && entry.tests().isEmpty())
          .as("%s has no tests", entry.name())
          .isFalse();
    }
  }

  @Test
  void everyFurtherTestIsThere() throws IOException {
    for (Entry entry : entries()) {
      for (String test : entry.tests()) {
        String path = test.replaceFirst("\\.\\*$", "").replace('.', '/');
        boolean isPackage = test.endsWith(".*");
        assertThat(modules())
            .as("a module with the test %s", test)
            .anyMatch(
                tests ->
                    isPackage
                        ? Files.isDirectory(tests.resolve(path))
                        : Files.isRegularFile(tests.resolve(path + ".java")));
      }
    }
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.walk(ROOT, 2)) {
      return folders
          .map(folder -> folder.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static List<Path> classes(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
