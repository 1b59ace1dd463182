package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.ablation.Variant;
import dev.fusebox.results.paper.PaperExperiment;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every config of a published table binds, as it is and on demo data, and has its numbers. */
class PaperConfigsTest {

  private static final Path CONFIGS = Path.of(System.getProperty("fusebox.root"), "configs/paper");
  private static final ExperimentReader READER =
      new ExperimentReader(
          FusionCatalogue.of(PaperConfigsTest.class.getClassLoader()),
          PaperConfigsTest.class.getClassLoader());

  @Test
  void allBindAsTheyAre() throws IOException {
    assertThat(files()).hasSizeGreaterThanOrEqualTo(19);
    for (Path file : files()) {
      assertThat(READER.read(file, List.of()).variants()).as(file.toString()).isNotEmpty();
    }
  }

  @Test
  void allRunOnDemoDataWithoutCheckpoints() throws IOException {
    for (Path file : files()) {
      Experiment small = READER.read(file, List.of("data=demo", "model=tiny", "seeds=[1]"));
      for (Variant variant : small.variants()) {
        assertThat(variant.recipe().data().root()).as(file.toString()).isEmpty();
        assertThat(variant.recipe().data().demo().questions()).isEqualTo(400);
        variant
            .recipe()
            .pipeline()
            .values()
            .forEach(stage -> assertThat(stage.model().checkpoint()).isEmpty());
      }
    }
  }

  /** A variant of a table that was published answers to one of its numbers. */
  @Test
  void everyPublishedCellIsAVariant() throws IOException {
    for (String name : PaperExperiment.names()) {
      Experiment experiment = READER.read(CONFIGS.resolve(name + ".conf"), List.of());
      List<String> variants = experiment.variants().stream().map(Variant::name).toList();
      assertThat(variants).as(name).containsAll(PaperExperiment.of(name).variants());
    }
  }

  @Test
  void theProtocolsAreThoseOfThePapers() {
    Variant base = variant("main", "base");
    assertThat(base.recipe().pipeline().keySet()).containsExactly("rationale", "answer");
    assertThat(base.recipe().pipeline().get("rationale").format()).hasToString("QCM-E");
    assertThat(base.recipe().features().captions()).isTrue();
    assertThat(base.recipe().decoding().inWords()).isEqualTo("generated, greedy");
    Variant first = variant("first-main", "base");
    assertThat(first.recipe().pipeline().get("rationale").format()).hasToString("QCM-LE");
    assertThat(first.recipe().features().captions()).isFalse();
    assertThat(first.recipe().decoding().inWords()).isEqualTo("teacher-forced");
    Variant direct = variant("ablation", "one-stage");
    assertThat(direct.recipe().pipeline().keySet()).containsExactly("answer");
    assertThat(direct.recipe().features().captions()).isTrue();
  }

  private static Variant variant(String config, String name) {
    return READER.read(CONFIGS.resolve(config + ".conf"), List.of()).variants().stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(CONFIGS)) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .filter(file -> !file.getFileName().toString().startsWith("base"))
          .sorted()
          .toList();
    }
  }
}
