package dev.fusebox.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.model.DeviceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Adapters below real fusions, from the training to greedy text, and read back from their files.
 */
class TunedRunsTest {

  private static final String CONFIG =
      """
      data  { demo { questions = 40, seed = 3 } }
      model { shape { width = 16, headWidth = 8, heads = 2, feedForward = 32, encoderLayers = 2, decoderLayers = 2 } }
      pretraining { texts = 200, source.maxTokens = 64, training { steps = 25, batches.size = 8, optimizer.learningRate = 1e-2 } }
      training { steps = 30, optimizer.learningRate = 1e-2, batches.size = 8, dropout = 0.1 }
      pipeline.answer { format = QCM-A, source.maxTokens = 64, target.maxTokens = 8, start = pretraining }
      features = detr
      model { tune { method = lora, rank = 2, alpha = 4, dropout = 0.1, targets = [q, k, v, o, wi, wo] }, frozenWeights = HELD }
      pretraining.model { tune = { method = all }, frozenWeights = float32 }
      ablation.variants { gated { fusion = gated }, crossattn { fusion = crossattn } }
      """;

  @TempDir Path folder;

  @Test
  void anAdapterBelowAFusionWritesAsItDidWhenItWasTested() throws IOException {
    writesAsTested("float32");
  }

  @Test
  void soDoesOneOverBytes() throws IOException {
    writesAsTested("int8");
  }

  private void writesAsTested(String held) throws IOException {
    Path config = Files.writeString(folder.resolve("tuned.conf"), CONFIG.replace("HELD", held));
    ClassLoader loader = getClass().getClassLoader();
    Path experiment = TrainedSample.train(config, folder.resolve("results"), loader);
    try (AskedRuns runs =
        AskedRuns.open(
            List.of(experiment), loader, new DeviceName("cpu"), Optional.empty(), List.of())) {
      assertThat(runs.runs()).hasSize(2);
      for (FinishedRun run : runs.runs()) {
        Path learnt = OpenedRuns.weights(run, "answer").resolve("checkpoint");
        assertThat(learnt(learnt.resolve("adapter_model.safetensors"))).as(run.title()).isTrue();
        assertThat(SafetensorsFile.open(learnt.resolve("model.safetensors")).names())
            .as("the fusion's alone")
            .isNotEmpty()
            .noneMatch(name -> name.startsWith("shared") || name.contains("lora"));
        List<Prediction> before = new RunFolder(run.folder()).predictions();
        assertThat(before).anyMatch(each -> !each.text().isBlank());
        for (Prediction each : before) {
          Asking asking = Asking.of(runs.questions().question(each.id()));
          Answer answer = runs.answer(run, asking, OpenedRuns.Listener.SILENT);
          assertThat(answer.text()).as(run.title()).isEqualTo(each.text());
        }
      }
    }
  }

  /** B begins as zeros, with which an adapter is none. */
  private static boolean learnt(Path adapter) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(adapter);
    for (String name : file.names()) {
      if (name.endsWith("lora_B.weight") && allZero(file.floats(name))) {
        return false;
      }
    }
    return file.names().stream().anyMatch(name -> name.endsWith("lora_B.weight"));
  }

  private static boolean allZero(float[] numbers) {
    for (float number : numbers) {
      if (number != 0) {
        return false;
      }
    }
    return true;
  }
}
