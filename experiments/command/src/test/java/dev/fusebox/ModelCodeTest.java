package dev.fusebox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may not stand in code that gradients flow through; {@code docs/footguns.md} says why. */
class ModelCodeTest {

  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "\\.(mul|muli|div|divi|pow|powi|maximum|minimum|mod)\\(\\s*-?[0-9]"
              + "|\\.(toType|duplicate)\\(");

  /** Files are read and written here: no gradient is near, and a byte buffer may be duplicated. */
  private static final Pattern FILES = Pattern.compile("[/\\\\](array|file|tokenize)[/\\\\]");

  private static Path root() {
    return Path.of(System.getProperty("fusebox.root", ".."));
  }

  private static List<Path> modelSources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root())) {
      for (Path module : modules.filter(ModelCodeTest::holdsModelCode).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !FILES.matcher(file.toString()).find())
              .forEach(sources::add);
        }
      }
    }
    return sources;
  }

  private static boolean holdsModelCode(Path module) {
    String name = module.getFileName().toString();
    boolean model =
        name.equals("ground")
            || name.endsWith("-core")
            || (name.startsWith("fusion-") && !name.equals("fusion-testkit"));
    return model && Files.isDirectory(module.resolve("src/main/java"));
  }

  @Test
  void noScalarOverloadsAndNoCutGraphs() throws IOException {
    List<Path> sources = modelSources();
    assertThat(sources)
        .as("the scan reaches the model")
        .hasSizeGreaterThan(30)
        .anyMatch(file -> file.endsWith("SelfAttention.java"))
        .anyMatch(file -> file.endsWith("VisionTransformer.java"))
        .anyMatch(file -> file.endsWith("GatedFusion.java"));
    List<String> found = new ArrayList<>();
    for (Path source : sources) {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (FORBIDDEN.matcher(lines.get(i)).find()) {
          found.add(root().relativize(source) + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.mul(2f)", "x.div( -1)", "x.pow(2)", "x.toType(type, false)"})
  void theScanSeesWhatItLooksFor(String line) {
    assertThat(FORBIDDEN.matcher(line).find()).isTrue();
  }
}
