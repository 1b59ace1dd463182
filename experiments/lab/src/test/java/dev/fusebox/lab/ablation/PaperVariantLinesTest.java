package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.fusebox.lab.config.ConfigSource;
import dev.fusebox.lab.config.Layers;
import dev.fusebox.lab.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** A table compares like with like: any two of its variants differ in one to five settings. */
class PaperVariantLinesTest {

  private static final Path CONFIGS = Path.of(System.getProperty("fusebox.root"), "configs/paper");

  @Test
  void twoVariantsOfATableDifferInOneToFiveLines() throws IOException {
    SoftAssertions all = new SoftAssertions();
    for (Path file : files()) {
      Map<String, ConfigObject> variants = variants(file);
      List<String> names = List.copyOf(variants.keySet());
      assertThat(names).as(file.toString()).hasSizeGreaterThan(1);
      for (int i = 0; i < names.size(); i++) {
        for (int j = 0; j < i; j++) {
          all.assertThat(differing(variants.get(names.get(i)), variants.get(names.get(j))))
              .as("%s: %s and %s", file.getFileName(), names.get(j), names.get(i))
              .isBetween(1, 5);
        }
      }
    }
    all.assertAll();
  }

  /** What the file and each variant's lines over it say, short forms and presets spelled out. */
  private static Map<String, ConfigObject> variants(Path file) {
    Config defaults = ConfigSource.defaults(PaperVariantLinesTest.class.getClassLoader());
    ConfigObject root =
        ConfigSource.resolve(file.toString(), ConfigSource.file(file), defaults).root();
    Layers layers = new Layers(root, new Problems());
    RecipeTree trees = new RecipeTree(root, layers);
    ConfigObject shared = layers.over((ConfigObject) root.get("defaults"), trees.only(root));
    Map<String, ConfigObject> variants = new LinkedHashMap<>();
    lines((ConfigObject) root.get("ablation"))
        .forEach((name, lines) -> variants.put(name, layers.over(shared, lines)));
    return variants;
  }

  private static Map<String, ConfigObject> lines(ConfigObject ablation) {
    Map<String, ConfigObject> lines = new LinkedHashMap<>();
    if (ablation.get("variants") instanceof ConfigObject variants) {
      variants.forEach((name, value) -> lines.put(name, (ConfigObject) value));
    }
    if (ablation.get("grid") instanceof ConfigObject grid) {
      Grid.cells(grid).forEach(cell -> lines.put(cell.name(), cell.lines()));
    }
    return lines;
  }

  /** Settings that are not the same; a block against none of it, said with null, is one. */
  private static int differing(ConfigValue first, ConfigValue second) {
    if (first instanceof ConfigObject a && second instanceof ConfigObject b) {
      Set<String> keys = new HashSet<>(a.keySet());
      keys.addAll(b.keySet());
      return keys.stream().mapToInt(key -> differing(a.get(key), b.get(key))).sum();
    }
    if (first == null || second == null) {
      return settings(first == null ? second : first);
    }
    return first.equals(second) ? 0 : 1;
  }

  private static int settings(ConfigValue value) {
    return value instanceof ConfigObject block
        ? block.values().stream().mapToInt(PaperVariantLinesTest::settings).sum()
        : 1;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.getFileName().toString().startsWith("base"))
          .sorted()
          .toList();
    }
  }
}
