package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a checkpoint's fusion and the pictures belong together. */
final class FusionFitsCheckpointTest {

  @TempDir private Path directory;
  private SmallCheckpoint checkpoint;

  @BeforeEach
  void write() throws IOException {
    checkpoint = SmallCheckpoint.in(directory);
  }

  /** Here begins what takes hours: a checkpoint of another fusion, or of another width. */
  @Test
  void weightsThatAFusionDoesNotTakeAreNamed() throws IOException {
    Path data = directory.resolve("data");
    DemoData.write(DemoSettings.of(12, 1), data);
    assertThatCode(() -> checkGated(data)).doesNotThrowAnyException();
    checkpoint.save(
        weights -> {
          NDArray norm = weights.get("encoder.final_layer_norm.weight"); // (16)
          weights.put("encoder.gate_dense.bias", norm);
        });
    assertThatCode(() -> checkGated(data)).doesNotThrowAnyException();
    checkpoint.save(
        weights -> {
          NDArray matrix = weights.get("shared.weight"); // (64, 16)
          weights.put("encoder.gate_dense.bias", matrix);
          weights.put("qformer.query", matrix);
        });
    assertThatThrownBy(() -> checkGated(data))
        .isInstanceOf(UserError.class)
        .hasMessage(
            checkpoint.folder()
                + " has weights that are not those of fusion = gated\n"
                + "unexpected (1):\n  qformer.query\n"
                + "mis-shaped (1):\n"
                + "  encoder.gate_dense.bias: found (64, 16), the model wants (16)\n");
  }

  /** Or it would be told when a stage before it has been trained. */
  @Test
  void aPictureWithoutVectorsIsNamedBeforeAnythingIsComputed() throws IOException {
    Path data = directory.resolve("data");
    DemoData.write(DemoSettings.of(40, 1), data);
    Path names = data.resolve("name_map.json");
    Files.writeString(names, Files.readString(names).replaceFirst("\"(\\d+)\"", "\"x$1\""));
    assertThatThrownBy(() -> checkGated(data))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(names + ": there is no row for problem ")
        .hasMessageEndingWith(", though the problem has a picture");
  }

  /** Of a checkpoint that was trained with another kind of feature. */
  @Test
  void vectorsOfAnotherWidthAreNamed() throws IOException {
    Path data = directory.resolve("data");
    DemoData.write(DemoSettings.of(12, 1), data);
    for (String name : List.of("encoder.image_dense.weight", "image_dense.weight")) {
      checkpoint.save(weights -> weights.put(name, weights.get("shared.weight"))); // (64, 16)
      assertThatThrownBy(() -> checkGated(data))
          .isInstanceOf(UserError.class)
          .hasMessageMatching(
              "\\Q%s has a fusion for vectors of 16 numbers (%s), but features = detr has vectors of \\E\\d+"
                  .formatted(checkpoint.folder(), name));
    }
  }

  private void checkGated(Path data) throws IOException {
    FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());
    Path config =
        Files.writeString(
            directory.resolve("mine.conf"),
            """
            features = detr
            fusion = gated
            model.checkpoint = "%s"
            pipeline.answer.format = QCM-A
            """
                .formatted(checkpoint.folder()));
    StageSettings stage =
        new ExperimentReader(fusions, getClass().getClassLoader())
            .read(config, List.of())
            .variants()
            .get(0)
            .recipe()
            .pipeline()
            .get("answer");
    new StageFit(
            new OpenedFiles(directory, new FileHashes(directory.resolve(".hashes"), false)),
            fusions)
        .check(stage, data);
  }
}
