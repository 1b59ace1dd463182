package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.StemmedRougeL;
import dev.fusebox.t5.T5Config;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TrainingTask;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class T5StageTrainerTest {

  private static final int STEPS = 20;

  @TempDir Path temporary;

  private static TrainingSettingsBuilder halfEpochs(int steps) {
    return TrainingSettingsBuilder.learning(steps, 0.01).validating(0.5).keepingBest();
  }

  private TrainingSettings settings() {
    return halfEpochs(STEPS).build();
  }

  private Map<String, String> train(String name, TrainingTask task, StageProgress progress)
      throws IOException {
    Path directory = temporary.resolve(name);
    TinyTask.trainer().train(task, directory, progress);
    return contents(directory);
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            directory.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  @Test
  void trainingBesideAnotherGivesTheSameBits() throws Exception {
    TrainingTask task = TinyTask.in(temporary, settings());
    Map<String, String> alone = train("alone", task, StageProgress.SILENT);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Map<String, String>>> beside = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String name = "beside " + i;
        beside.add(threads.submit(() -> train(name, task, StageProgress.SILENT)));
      }
      for (Future<Map<String, String>> each : beside) {
        assertThat(each.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void leavesACheckpointAndMetricsOnly() throws IOException {
    Map<String, String> files =
        train("run", TinyTask.in(temporary, settings()), StageProgress.SILENT);
    assertThat(files.keySet())
        .containsExactlyInAnyOrder(
            "checkpoint/config.json",
            "checkpoint/model.safetensors",
            "checkpoint/words.json",
            "metrics.jsonl");
  }

  /** A run this short reads them every 25 steps; what is read is the gate, and changes nothing. */
  @Test
  void tellsOfTheGatesAsTheyChange() throws IOException {
    TrainingSettings settings = halfEpochs(60).build();
    List<JsonNode> lines =
        metrics(train("run", TinyTask.in(temporary, settings), StageProgress.SILENT)).stream()
            .filter(line -> line.has("gates"))
            .toList();
    assertThat(lines).extracting(line -> line.get("step").asInt()).containsExactly(1, 25, 50, 60);
    assertThat(lines)
        .extracting(line -> line.get("gates").get("share").asDouble())
        .doesNotHaveDuplicates()
        .allMatch(gate -> gate > 0);
    Map<String, String> text =
        train(
            "text", TinyTask.in(temporary, settings(), FusionSettings.NONE), StageProgress.SILENT);
    assertThat(text.get("metrics.jsonl")).doesNotContain("gates");
  }

  /** They are part of the loss, whatever parts a batch is computed in. */
  @Test
  void tellsOfEachLossThatTheFusionAddsAtEveryStep() throws IOException {
    FusionSettings penalising = new FusionSettings("added", new TinyTask.AddedConfig(true));
    TrainingTask task = TinyTask.in(temporary, TrainingSettingsBuilder.plain(20), penalising);
    List<JsonNode> with = metrics(train("with", task, StageProgress.SILENT));
    assertThat(steps(with)).hasSize(20).allMatch(line -> line.get("loss.size").asDouble() > 0);
    TrainingTask plain = TinyTask.in(temporary, TrainingSettingsBuilder.plain(20));
    List<JsonNode> without = metrics(train("without", plain, StageProgress.SILENT));
    assertThat(without).noneMatch(line -> line.has("loss.size"));
    JsonNode first = with.get(0);
    assertThat(first.get("loss").asDouble() - first.get("loss.size").asDouble())
        .isCloseTo(without.get(0).get("loss").asDouble(), within(1e-5));
    assertThat(steps(with).get(19).get("loss.size").asDouble())
        .isLessThan(first.get("loss.size").asDouble());
  }

  /** Half of the step's questions are in each part: what is added is a mean over all of them. */
  @Test
  void whereNothingIsWrittenItLearnsFromWhatTheFusionAdds() throws IOException {
    FusionSettings penalising = new FusionSettings("added", new TinyTask.AddedConfig(true));
    TrainingTask writing = TinyTask.in(temporary, TrainingSettingsBuilder.plain(20), penalising);
    TrainingTask task = TinyTask.writingNothing(writing);
    List<JsonNode> lines = metrics(train("run", task, StageProgress.SILENT));
    assertThat(steps(lines))
        .allSatisfy(
            line ->
                assertThat(line.get("loss").asDouble())
                    .isEqualTo(line.get("loss.size").asDouble()));
    JsonNode first = metrics(train("writing", writing, StageProgress.SILENT)).get(0);
    assertThat(lines.get(0).get("loss").asDouble())
        .isCloseTo(first.get("loss.size").asDouble(), within(1e-6));
    assertThat(steps(lines).get(19).get("loss").asDouble())
        .isLessThan(lines.get(0).get("loss").asDouble());
  }

  /** Of the first step alone, once, however often it was interrupted. */
  @Test
  void countsTheOperationsOfAnExample() throws IOException {
    TrainingTask task = TinyTask.in(temporary, TrainingSettingsBuilder.plain(20));
    List<JsonNode> lines = metrics(train("run", task, StageProgress.SILENT));
    assertThat(lines.stream().filter(line -> line.has("operations")))
        .singleElement()
        .satisfies(line -> assertThat(line.get("step").asInt()).isEqualTo(1));
    double counted = lines.get(0).get("operations").asDouble();
    Path again = temporary.resolve("again");
    assertThatThrownBy(() -> TinyTask.trainer().train(task, again, TinyTask.stopAfter(3)))
        .isInstanceOf(StageCancelled.class);
    assertThat(TinyTask.trainer().train(task, again, StageProgress.SILENT).operations())
        .isEqualTo(counted);
  }

  /**
   * Against the sizes of T5's matrices: each product is followed by two on the way back. Width and
   * heads together are 16, feed-forwards 32, one layer each.
   */
  @Test
  void operationsAreThoseOfTheArchitecture() throws IOException {
    BatchSettings oneBatch = new BatchSettings(30, BatchFill.QUESTIONS, 1, 1, false);
    TrainingSettings settings =
        TrainingSettingsBuilder.learning(1, 0.01).batching(oneBatch).build();
    TrainingTask task = TinyTask.in(temporary, settings, FusionSettings.NONE);
    Path run = temporary.resolve("run");
    double counted = TinyTask.trainer().train(task, run, StageProgress.SILENT).operations();
    double read = task.train().stream().mapToInt(each -> each.source().length).max().orElseThrow();
    double written = 2;
    double vocabulary = T5Config.read(run.resolve("checkpoint/config.json")).vocabulary();
    double projections = 16 * 16 * (4 * read + 4 * written + 2 * written + 2 * read);
    double attention = 16 * 2 * (read * read + written * written + written * read);
    double feedForward = 2 * 16 * 32 * (read + written);
    double head = 16 * vocabulary * written;
    assertThat(counted)
        .isCloseTo(3 * 2 * (projections + attention + feedForward + head), withinPercentage(0.01));
  }

  @Test
  void learns() throws IOException {
    TrainingTask task = TinyTask.in(temporary, TrainingSettingsBuilder.plain(150));
    List<JsonNode> lines = metrics(train("run", task, StageProgress.SILENT));
    assertThat(lines.get(0).get("loss").asDouble()).isGreaterThan(2.5);
    assertThat(steps(lines).get(149).get("loss").asDouble()).isLessThan(2);
    assertThat(lines.get(lines.size() - 1).get("validationLoss").asDouble()).isPositive();
  }

  private static List<JsonNode> steps(List<JsonNode> lines) {
    return lines.stream().filter(line -> line.has("loss")).toList();
  }

  private static List<JsonNode> metrics(Map<String, String> files) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : files.get("metrics.jsonl").split("\n")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  @Test
  void isTheSameToTheBitWhereverItWasInterrupted() throws IOException {
    interrupt(TinyTask.in(temporary, settings()), new int[][] {{1}, {4}, {3, 7, 8, 19}, {20}});
  }

  @Test
  void isTheSameToTheBitWithBatchesOfEquallyManyTokens() throws IOException {
    TrainingSettings settings = halfEpochs(STEPS).filling(BatchFill.TOKENS).build();
    interrupt(TinyTask.in(temporary, settings), new int[][] {{3, 8}});
  }

  private void interrupt(TrainingTask task, int[][] interruptions) throws IOException {
    Map<String, String> whole = train("whole", task, StageProgress.SILENT);
    for (int[] stops : interruptions) {
      String name = "stopped" + stops[0] + stops.length;
      for (int stop : stops) {
        assertThatThrownBy(() -> train(name, task, TinyTask.stopAfter(stop)))
            .isInstanceOf(StageCancelled.class);
        assertThat(temporary.resolve(name).resolve("checkpoint")).doesNotExist();
      }
      assertThat(train(name, task, StageProgress.SILENT)).as(name).isEqualTo(whole);
    }
  }

  @Test
  void doesNothingWhereItIsDone() throws IOException {
    TrainingTask task = TinyTask.in(temporary, settings());
    Map<String, String> first = train("run", task, StageProgress.SILENT);
    assertThat(train("run", task, TinyTask.stopAfter(0))).isEqualTo(first);
  }

  @Test
  void ignoresAndRemovesWhatWasLeftHalfWritten() throws IOException {
    TrainingTask task = TinyTask.in(temporary, settings());
    Map<String, String> whole = train("whole", task, StageProgress.SILENT);
    assertThatThrownBy(() -> train("run", task, TinyTask.stopAfter(5)))
        .isInstanceOf(StageCancelled.class);
    Path run = temporary.resolve("run");
    Files.createDirectories(run.resolve("saved/step-00000009.unfinished"));
    Files.writeString(run.resolve("saved/step-00000009.unfinished/weights.safetensors"), "x");
    Files.writeString(run.resolve("saved/best-00000009.safetensors"), "x");
    Files.createDirectories(run.resolve("checkpoint.unfinished"));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        Files.readString(run.resolve("metrics.jsonl")) + "{\"step\":6}\n{\"step\":7,\"lo");
    assertThat(train("run", task, StageProgress.SILENT)).isEqualTo(whole);
  }

  @Test
  void keepsTheBestWeightsAndStopsWhenNothingIsGained() throws IOException {
    TrainingSettings settings =
        TrainingSettingsBuilder.learning(400, 0.01).validating(1).keepingBest().patient(3).build();
    List<JsonNode> lines =
        metrics(train("run", TinyTask.in(temporary, settings), StageProgress.SILENT));
    List<Double> looks =
        lines.stream()
            .filter(line -> line.has("validationLoss"))
            .map(line -> line.get("validationLoss").asDouble())
            .toList();
    assertThat(steps(lines).size()).isLessThan(400);
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
        metrics(train("run", task, StageProgress.SILENT)).stream()
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
    assertThatThrownBy(() -> train("run", task, StageProgress.SILENT))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "(?s)step \\d+: the loss is \\S+ and the gradient norm \\S+, at a learning rate of"
                + " 1.00e\\+30, on the questions train\\d+, .*The weights before this step are in .*saved.step-\\d+\\. .*");
    assertThat(temporary.resolve("run/saved")).isDirectoryContaining("glob:**step-*");
  }

  @Test
  void saysWhenPicturesAreMissing() {
    TrainingTask task = TinyTask.in(temporary, settings());
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
    assertThatThrownBy(() -> train("run", blind, StageProgress.SILENT))
        .isInstanceOf(UserError.class)
        .hasMessage("fusion = added needs pictures: set features, for instance features = detr");
  }

  @Test
  void weightsThatAreNoNumbersAreNamed() throws IOException {
    TrainingTask text = TinyTask.in(temporary, settings(), FusionSettings.NONE);
    train("text", text, StageProgress.SILENT);
    Path checkpoint = temporary.resolve("text").resolve(StageTrainer.CHECKPOINT);
    Path weights = checkpoint.resolve("model.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.seek(file.length() - Float.BYTES); // the last number of the last tensor
      file.writeInt(Integer.reverseBytes(Float.floatToRawIntBits(Float.NaN)));
    }
    TrainingTask next = startingFrom(text, "text");
    assertThatThrownBy(() -> train("next", next, StageProgress.SILENT))
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "\\Q%s\\E: weights must be finite numbers, found NaN or infinity in [\\w.]+"
                .formatted(checkpoint));
  }

  @Test
  void startsFromACheckpointThatKnowsNothingOfTheFusion() throws IOException {
    TrainingTask text = TinyTask.in(temporary, settings(), FusionSettings.NONE);
    train("text", text, StageProgress.SILENT);
    TrainingTask task = TinyTask.in(temporary, settings());
    TrainingTask next = startingFrom(task, "text");
    assertThat(train("fused", next, StageProgress.SILENT)).isNotEmpty();
    TrainingTask back = startingFrom(text, "fused");
    assertThatThrownBy(() -> train("back", back, StageProgress.SILENT))
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
