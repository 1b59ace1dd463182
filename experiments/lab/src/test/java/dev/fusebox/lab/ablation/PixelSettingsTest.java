package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.ExperimentFiles.told;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.TrainedLayers;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.write.T5StagePredictor;
import dev.fusebox.vision.TinyVit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code source = pixels} and {@code pictures} in configs and keys. */
class PixelSettingsTest {

  private static final FusionCatalogue FUSIONS =
      FusionCatalogue.of(PixelSettingsTest.class.getClassLoader());

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    ClassLoader loader = PixelSettingsTest.class.getClassLoader();
    files = new ExperimentFiles(folder, new ExperimentReader(FUSIONS, loader));
    files.write(
        "base/demo.conf",
        "data = demo\nmodel = tiny\nfusion = gated\npipeline { answer.format = QCM-A }\n");
  }

  private FeatureSettings features(String lines, String... overrides) {
    return files
        .read(lines, overrides)
        .variants()
        .get(0)
        .recipe()
        .pipeline()
        .get("answer")
        .features();
  }

  @Test
  void whatLearnsIsNamed() {
    String pixels = "features { source = pixels, backbone = vit, %s }";
    for (String train : List.of("\"last:2\"", "2")) {
      assertThat(features(pixels.formatted("train = " + train)).train())
          .contains(new TrainedLayers(Optional.of(2)));
    }
    assertThat(features(pixels.formatted("train = all")).train())
        .contains(new TrainedLayers(Optional.empty()));
    assertThat(features(pixels.formatted("train = none")).train()).isEmpty();
    assertThat(features(pixels.formatted("layer = -2")).layer()).contains(-2);
  }

  @Test
  void eachMistakeIsToldAtItsPlace() {
    assertThat(told(() -> files.read("features = pixels")))
        .contains("features  ", "backbone must be given where source = pixels");
    assertThat(told(() -> files.read("features { source = pixels, backbone = b, train = last }")))
        .contains(
            "features.train = last  must be none, all, or the number of its last layers that learn, from 1, such as 2 or \"last:2\"");
    assertThat(told(() -> files.read("features { source = detr, train = all }")))
        .contains(
            "features.train = all  must stand beside source = pixels, or be none beside detr");
    assertThat(told(() -> files.read("features { source = [detr, pixels], backbone = b }")))
        .contains("must be pixels alone, or vectors that were made beforehand");
    assertThat(told(() -> files.read("features { source = detr, pictures = options, x = 1 }")))
        .contains("features.x");
    assertThat(told(() -> files.read("features { source = detr, pictures = every }")))
        .contains("no such shown pictures; known: first, question, options, all");
    assertThat(
            told(
                () ->
                    files.read(
                        "features { source = pixels, backbone = b, learningRateFactor = 0 }")))
        .contains("features.learningRateFactor = 0  must be above 0");
  }

  /** A variant that sees otherwise, or nothing, says no more than that. */
  @Test
  void anotherSourceDropsTheBackbone() {
    assertThat(
            files
                .read(
                    """
                    features { source = pixels, backbone = vit, train = all }
                    ablation.variants { text { features = none }, caption { features = caption }, seeing {}, detr { features = detr } }
                    """)
                .variants())
        .hasSize(4);
  }

  private List<String> keys(String features) throws IOException {
    RunPlanner planner =
        new RunPlanner(
            new OpenedFiles(
                folder.resolve("cache"), new FileHashes(folder.resolve(".hashes"), false)),
            new T5StageTrainer(FUSIONS, Device::cpu),
            new T5StagePredictor(FUSIONS, Device::cpu),
            new CodeKeys(FUSIONS));
    return planner
        .plan(
            files
                .read(
                    features
                        + "\nfusion = gated\ndata.root = \"%s\"".formatted(folder.resolve("data")))
                .variants()
                .get(0)
                .recipe(),
            1)
        .stages()
        .stream()
        .map(Stage::name)
        .toList();
  }

  @Test
  void whatTheBackboneIsAndWhatOfItLearnsIsInTheKey() throws IOException {
    DemoData.write(DemoSettings.of(20, 3), folder.resolve("data"));
    Path vit = TinyVit.write(folder.resolve("vit"), 1);
    Path copy = TinyVit.write(folder.resolve("copy"), 1);
    Path other = TinyVit.write(folder.resolve("other"), 2);
    String pixels = "features { source = pixels, backbone = \"%s\"%s }";
    Set<List<String>> keys = new HashSet<>();
    List<String> more =
        List.of(
            "",
            ", layer = -1",
            ", train = 1",
            ", train = all",
            ", train = all, learningRateFactor = 0.1");
    for (String settings : more) {
      keys.add(keys(pixels.formatted(vit, settings)));
    }
    keys.add(keys(pixels.formatted(other, "")));
    assertThat(keys).hasSize(more.size() + 1);
    assertThat(keys(pixels.formatted(copy, ""))).isEqualTo(keys(pixels.formatted(vit, "")));
    assertThat(keys(pixels.formatted(vit, ", learningRateFactor = 0.1")))
        .as("nothing learns")
        .isEqualTo(keys(pixels.formatted(vit, "")));
    Path preprocessing = copy.resolve("preprocessor_config.json");
    Files.writeString(
        preprocessing, Files.readString(preprocessing).replace("0.5, 0.5]", "0.5, 0.6]"));
    assertThat(keys).doesNotContain(keys(pixels.formatted(copy, "")));
  }
}
