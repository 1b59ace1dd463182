package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.ablation.Variant;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenFitTest {

  private static final String GATED = "features = detr, fusion = gated\n";

  @TempDir Path folder;
  private final FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());

  private List<Recipe> recipes(String settings) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("mine.conf"),
            "model.shape { encoderLayers = 2, decoderLayers = 2 }\npipeline.answer.format = QCM-A\n"
                + settings);
    return new ExperimentReader(fusions, getClass().getClassLoader())
        .read(config, List.of()).variants().stream().map(Variant::recipe).toList();
  }

  private void check(String settings, Optional<Path> root) throws IOException {
    StageSettings stage = recipes(settings).get(0).pipeline().get("answer");
    OpenedFiles opened = new OpenedFiles(folder, new FileHashes(folder.resolve(".hashes"), false));
    new FrozenFit(opened, fusions).check(stage, stage.model(), root);
  }

  private Optional<Path> data() throws IOException {
    DemoData.write(DemoSettings.of(12, 1), folder.resolve("data"));
    return Optional.of(folder.resolve("data"));
  }

  private void passes(String settings, Optional<Path> root) {
    assertThatCode(() -> check(settings, root)).as(settings).doesNotThrowAnyException();
  }

  private void refused(String settings, Optional<Path> root, String pattern, String nearest) {
    assertThatThrownBy(() -> check(settings, root))
        .as(settings)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "model.frozen = %s: no parameter has such a name".formatted(pattern))
        .hasMessageContaining("nearest: " + nearest);
  }

  @Test
  void whatT5HasPasses() throws IOException {
    passes("model.frozen = [shared.weight, \"decoder.block.1.*\", \"*layer_norm*\"]", data());
    passes(GATED + "model.frozen = [\"encoder.block.*\"]", data());
    passes(GATED + "model.frozen = [\"encoder.block.*\"]", Optional.empty());
  }

  @Test
  void aNameThatT5HasNotIsToldWithTheNearest() throws IOException {
    refused("model.frozen = [shared]", data(), "shared", "shared.weight, ");
    refused(
        "model.frozen = [\"encoder.block.7.*\"]",
        Optional.empty(),
        "encoder.block.7.*",
        "encoder.block.");
    refused(GATED + "model.frozen = [shared]", Optional.empty(), "shared", "shared.weight, ");
  }

  /** Variants share the setting: one of them has the fusion. */
  @Test
  void aFusionsNameIsLookedForWhereThereIsOne() throws IOException {
    passes(GATED + "model.frozen = [\"encoder.image_dense.*\"]", data());
    passes("model.frozen = [\"encoder.image_dense.*\"]", data());
    refused(
        GATED + "model.frozen = [\"encoder.image_dence.*\"]",
        data(),
        "encoder.image_dence.*",
        "encoder.image_dense.");
    passes(GATED + "model.frozen = [\"encoder.image_dence.*\"]", Optional.empty());
  }

  @Test
  void aNameThatNoVariantCanHaveIsToldThoughNoneHasAFusion() throws IOException {
    String slip = "model.frozen = [\"encoder.image_dense.*\"]\n";
    assertThatThrownBy(() -> FrozenFit.requireUse(recipes(slip)))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "model.frozen = encoder.image_dense.*: no parameter has such a name")
        .hasMessageEndingWith(". No variant has a fusion that could have it");
    FrozenFit.requireUse(
        recipes(slip + "ablation.variants { text {}, gated { features = detr, fusion = gated } }"));
    FrozenFit.requireUse(recipes("model.frozen = [shared.weight]"));
  }

  @Test
  void whatTuningAddsMayBeFrozenToo() throws IOException {
    String lora =
        "pretraining { texts = 8 }\nmodel.tune { method = lora, rank = 2, targets = [q] }\n";
    passes(lora + "model.frozen = [\"encoder.*lora_A*\"]", data());
    refused(
        lora + "model.frozen = [\"encoder.block.*lora_C*\"]",
        data(),
        "encoder.block.*lora_C*",
        "encoder.block.");
  }
}
