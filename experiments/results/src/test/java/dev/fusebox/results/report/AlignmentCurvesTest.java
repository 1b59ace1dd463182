package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.MetricsFile;
import dev.fusebox.training.loop.MetricsLine;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a config with alignment to the curves of its losses in the report. */
class AlignmentCurvesTest {

  private static final int STEPS = 3;
  private static final FusionCatalogue FUSIONS =
      FusionCatalogue.of(AlignmentCurvesTest.class.getClassLoader());

  @TempDir Path folder;

  private Stage trained(String fusion) throws IOException {
    DemoData.write(DemoSettings.of(30, 3), folder.resolve("data"));
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"),
            """
            data.root = "%s"
            model.shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 }
            training { steps = %d, batches.size = 4 }
            features = detr
            fusion = %s
            pipeline { answer { format = QCM-A, source.maxTokens = 24, target.maxTokens = 4, start = model } }
            """
                .formatted(folder.resolve("data"), STEPS, fusion));
    Recipe recipe =
        new ExperimentReader(FUSIONS, getClass().getClassLoader())
            .read(file, List.of())
            .variants()
            .get(0)
            .recipe();
    return new RunPlanner(
            new OpenedFiles(folder.resolve("cache"), hashes()),
            new T5StageTrainer(FUSIONS, Device::cpu),
            new T5StagePredictor(FUSIONS, Device::cpu),
            new CodeKeys(FUSIONS))
        .plan(recipe, 1).stages().stream()
            .filter(stage -> stage.kind() == StageKind.TRAINING)
            .findFirst()
            .orElseThrow();
  }

  private FileHashes hashes() {
    return new FileHashes(folder.resolve(".hashes"), false);
  }

  /** How many points each figure of the training has. */
  private Map<String, Integer> curves(String fusion) throws IOException {
    Stage stage = trained(fusion);
    StageStore store = new StageStore(folder.resolve("store"), hashes());
    new StageRunner(store).run(stage, StageProgress.SILENT);
    Path metrics = store.find(stage.name()).orElseThrow().path().resolve(MetricsFile.NAME);
    List<OfStage<MetricsLine>> lines =
        MetricsFile.read(metrics).stream().map(line -> new OfStage<>("answer", line)).toList();
    Map<String, Integer> points = new LinkedHashMap<>();
    Curves.of(lines)
        .forEach(curve -> points.put(curve.get("metric").asText(), curve.get("points").size()));
    return points;
  }

  @Test
  void eachPartOfTheLossIsACurveOfItsOwn() throws IOException {
    assertThat(curves("alignment"))
        .containsEntry("loss", STEPS)
        .containsEntry("loss.contrastive", STEPS)
        .containsEntry("loss.matching", STEPS);
  }

  @Test
  void ofSeveralFusionsItBearsTheNameOfItsPart() throws IOException {
    assertThat(curves("[alignment, gated]"))
        .containsEntry("loss.alignment.contrastive", STEPS)
        .containsEntry("loss.alignment.matching", STEPS);
  }

  @Test
  void withoutOneThereIsNone() throws IOException {
    assertThat(curves("gated").keySet())
        .contains("loss")
        .noneMatch(metric -> metric.startsWith("loss."));
  }
}
