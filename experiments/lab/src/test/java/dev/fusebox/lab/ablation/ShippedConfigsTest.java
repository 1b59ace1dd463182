package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment in the project can be read. */
class ShippedConfigsTest {

  static List<Path> configs() throws IOException {
    Path root = Path.of(System.getProperty("fusebox.root", "..")).resolve("configs");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(
              file -> !file.toString().matches(".*[/\\\\]base[/\\\\.-][^/\\\\]*")) // included ones
          .sorted()
          .toList();
    }
  }

  @Test
  void theQuickstartIsAmongThem() throws IOException {
    assertThat(configs()).anyMatch(file -> file.endsWith("quickstart.conf"));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void canBeRead(Path config) {
    ClassLoader loader = getClass().getClassLoader();
    ExperimentReader reader = new ExperimentReader(FusionCatalogue.of(loader), loader);
    assertThat(reader.read(config, List.of()).variants()).isNotEmpty();
  }
}
