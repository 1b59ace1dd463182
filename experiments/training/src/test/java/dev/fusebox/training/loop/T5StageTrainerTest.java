package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.StemmedRougeL;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TrainingTask;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a training leaves, with which weights it ends, and what it refuses. */
class T5StageTrainerTest {

  @TempDir Path temporary;

  private TinyRuns runs() {
    return new TinyRuns(temporary);
  }

  @Test
  void leavesACheckpointAndMetricsOnly() throws IOException {
    Map<String, String> files =
        runs().train("run", TinyTask.in(temporary, TinyRuns.settings()), StageProgress.SILENT);
    assertThat(files.keySet())
        .containsExactlyInAnyOrder(
            "checkpoint/config.json",
            "checkpoint/model.safetensors",
            "checkpoint/words.json",
            "metrics.jsonl");
  }

  @Test
  void learns() throws IOException {
    TrainingTask task = TinyTask.in(temporary, TrainingSettingsBuilder.plain(150));
    List<JsonNode> lines = TinyRuns.metrics(runs().train("run", task, StageProgress.SILENT));
    assertThat(lines.get(0).get("loss").asDouble()).isGreaterThan(2.5);
    assertThat(TinyRuns.steps(lines).get(149).get("loss").asDouble()).isLessThan(2);
    assertThat(lines.get(lines.size() - 1).get("validationLoss").asDouble()).isPositive();
  }

  @Test
  void keepsTheBestWeightsAndStopsWhenNothingIsGained() throws IOException {
    TrainingSettings settings =
        TrainingSettingsBuilder.learning(400, 0.01).validating(1).keepingBest().patient(3).build();
    List<JsonNode> lines =
        TinyRuns.metrics(
            runs().train("run", TinyTask.in(temporary, settings), StageProgress.SILENT));
    List<Double> looks =
        lines.stream()
            .filter(line -> line.has("validationLoss"))
            .map(line -> line.get("validationLoss").asDouble())
            .toList();
    assertThat(TinyRuns.steps(lines).size()).isLessThan(400);
    double best = looks.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    assertThat(looks.indexOf(best)).isEqualTo(looks.size() - 4);
  }

  /** What training says of its best look is what the weights it leaves write. */
  @ParameterizedTest
  @EnumSource(names = {"ROUGE_L", "TEACHER_FORCED_ROUGE_L"})
  void keepsTheWeightsThatWriteBest(ValidationMetric metric) throws IOException {
    TrainingSettings settings =
        TrainingSettingsBuilder.learning(416, 0.01).validating(4, metric).keepingBest().build();
    TrainingTask task = TinyTask.in(temporary, settings);
    List<Double> looks =
        TinyRuns.metrics(runs().train("run", task, StageProgress.SILENT)).stream()
            .filter(line -> line.has(metric.figure()))
            .map(line -> line.get(metric.figure()).asDouble())
            .toList();
    double best = looks.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    assertThat(best).isGreaterThan(looks.get(0)).isGreaterThan(looks.get(looks.size() - 1));
    double written =
        written(task, metric).stream()
            .mapToDouble(text -> StemmedRougeL.f(text.text(), text.target()))
            .average()
            .orElseThrow();
    assertThat(100 * written).isCloseTo(best, within(1e-9));
  }

  private List<Prediction> written(TrainingTask task, ValidationMetric metric) throws IOException {
    return new T5StagePredictor(new FusionCatalogue(List.of(new TinyTask.Added())), Device::cpu)
        .predict(
            new PredictionTask(
                temporary.resolve("run/checkpoint"),
                task.tokenizer(),
                task.fusion(),
                task.pictures(),
                task.validation(),
                DecodingSettings.greedy(metric.decoding().orElseThrow(), 0, 4),
                task.maxTokens(),
                false,
                task.seed()),
            StageProgress.SILENT)
        .predictions();
  }

  @Test
  void stopsAtALossThatIsNoNumberAndKeepsTheWeightsBefore() throws IOException {
    TrainingSettings settings = TrainingSettingsBuilder.learning(50, 1e30).build();
    TrainingTask task = TinyTask.in(temporary, settings);
    assertThatThrownBy(() -> runs().train("run", task, StageProgress.SILENT))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "(?s)step \\d+: the loss is \\S+ and the gradient norm \\S+, at a learning rate of"
                + " 1.00e\\+30, on the questions train\\d+, .*The weights before this step are in .*saved.step-\\d+\\. .*");
    assertThat(temporary.resolve("run/saved")).isDirectoryContaining("glob:**step-*");
  }

  @Test
  void saysWhenPicturesAreMissing() {
    TrainingTask task = TinyTask.in(temporary, TinyRuns.settings());
    TrainingTask blind =
        new TrainingTask(
            task.start(),
            task.model(),
            task.tokenizer(),
            task.fusion(),
            Optional.empty(),
            task.train(),
            task.validation(),
            task.maxTokens(),
            task.training(),
            task.seed());
    assertThatThrownBy(() -> runs().train("run", blind, StageProgress.SILENT))
        .isInstanceOf(UserError.class)
        .hasMessage("fusion = added needs pictures: set features, for instance features = detr");
  }

  @Test
  void weightsThatAreNoNumbersAreNamed() throws IOException {
    TrainingTask text = TinyTask.in(temporary, TinyRuns.settings(), FusionSettings.NONE);
    runs().train("text", text, StageProgress.SILENT);
    Path checkpoint = temporary.resolve("text").resolve(StageTrainer.CHECKPOINT);
    Path weights = checkpoint.resolve("model.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.seek(file.length() - Float.BYTES); // the last number of the last tensor
      file.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(Float.NaN)));
    }
    TrainingTask next = startingFrom(text, "text");
    assertThatThrownBy(() -> runs().train("next", next, StageProgress.SILENT))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "\\Q%s\\E: weights must be finite numbers, found NaN or infinity in [\\w.]+"
                .formatted(checkpoint));
  }

  @Test
  void startsFromACheckpointThatKnowsNothingOfTheFusion() throws IOException {
    TrainingTask text = TinyTask.in(temporary, TinyRuns.settings(), FusionSettings.NONE);
    runs().train("text", text, StageProgress.SILENT);
    TrainingTask task = TinyTask.in(temporary, TinyRuns.settings());
    TrainingTask next = startingFrom(task, "text");
    assertThat(runs().train("fused", next, StageProgress.SILENT)).isNotEmpty();
    TrainingTask back = startingFrom(text, "fused");
    assertThatThrownBy(() -> runs().train("back", back, StageProgress.SILENT))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("does not fit the model")
        .hasMessageContaining("fusion.weight");
  }

  private TrainingTask startingFrom(TrainingTask task, String name) {
    return new TrainingTask(
        Optional.of(temporary.resolve(name).resolve("checkpoint")),
        task.model(),
        task.tokenizer(),
        task.fusion(),
        task.pictures(),
        task.train(),
        task.validation(),
        task.maxTokens(),
        task.training(),
        task.seed());
  }
}
