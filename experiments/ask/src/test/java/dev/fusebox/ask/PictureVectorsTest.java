package dev.fusebox.ask;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stages can be shown a picture that is not of their data. */
class PictureVectorsTest {

  @TempDir Path folder;

  private StageSettings stage(String features) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"),
            "data = demo\npipeline.answer.format = QCM-A\nfusion = gated\nfeatures = " + features);
    ClassLoader loader = getClass().getClassLoader();
    return new ExperimentReader(FusionCatalogue.of(loader), loader)
        .read(file, List.of())
        .variants()
        .get(0)
        .recipe()
        .pipeline()
        .get("answer");
  }

  private Optional<String> refusal(String features) throws IOException {
    VisionBackbones kinds = VisionBackbones.of(getClass().getClassLoader());
    try (PictureVectors vectors =
        new PictureVectors(new SheetBackbones(kinds, List.of()), Device::cpu)) {
      return vectors.refusal(stage(features), folder);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "passages | passages",
        "'[detr, passages]' | detr and passages",
        "'[patches, passages]' | patches and passages"
      })
  void passagesAreMadeOfNoNewPicture(String features, String label) throws IOException {
    assertThat(refusal(features))
        .contains("features = " + label + ": a new picture cannot be turned into such vectors");
  }

  @Test
  void squaresAreCutFromAnyPicture() throws IOException {
    assertThat(refusal("patches")).isEmpty();
  }
}
