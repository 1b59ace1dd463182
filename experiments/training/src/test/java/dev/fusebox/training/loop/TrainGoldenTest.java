package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.BatchParts;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.optimize.Adafactor;
import dev.fusebox.training.optimize.Adamw;
import dev.fusebox.training.optimize.AdamwHf;
import dev.fusebox.training.optimize.Course;
import dev.fusebox.training.optimize.Optimizer;
import dev.fusebox.training.optimize.Schedule;
import dev.fusebox.training.optimize.TrainableParameters;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.recipe.SaveSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.recipe.ValidationSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fifty steps against Hugging Face's {@code Trainer} on the same weights and batches. One variant
 * is Multimodal-CoT's: its optimizer, and labels padded to more than the longest target.
 */
class TrainGoldenTest {

  private static final Path GOLDENS = Path.of(System.getProperty("fusebox.goldens"), "train");

  static List<Path> variants() throws IOException {
    try (Stream<Path> files = Files.list(GOLDENS)) {
      List<Path> variants =
          files
              .filter(file -> file.toString().endsWith(".json") && !file.endsWith("config.json"))
              .sorted()
              .toList();
      assertThat(variants).isNotEmpty();
      return variants;
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void learnsAsTheOriginalDoes(Path file) throws IOException {
    learnsAsTheOriginalDoes(file, 1, false);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void learnsTheSameWhenTheBatchComesInParts(Path file) throws IOException {
    learnsAsTheOriginalDoes(file, 4, false);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void learnsTheSameWhenSubLayersAreComputedAgain(Path file) throws IOException {
    learnsAsTheOriginalDoes(file, 1, true);
  }

  private static void learnsAsTheOriginalDoes(Path file, int parts, boolean recompute)
      throws IOException {
    JsonNode expected = new ObjectMapper().readTree(file.toFile());
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      Checkpoint.open(GOLDENS.resolve("initial.safetensors")).into(parameters);
      T5Config config = T5Config.read(GOLDENS.resolve("config.json"));
      T5Model model = T5Model.textOnly(config, parameters, ops);
      assertThat(parameters.report().complete()).as(parameters.report().toString()).isTrue();
      List<List<Example>> batches = batches();
      assertDecays(expected, parameters);

      TrainingSettings settings = settings(expected, batches.size(), recompute);
      Learner learner = new Learner(model, settings, batches.size(), 0);
      BatchMaker maker =
          new BatchMaker(
              config, Optional.empty(), settings.countedLength(labelLength(expected).orElse(0)));
      for (int step = 0; step < batches.size(); step++) {
        Learner.Figures figures =
            learner.step(BatchParts.of(batches.get(step), parts, maker), step);
        assertClose("loss", step, figures.loss(), expected.get("losses"));
        assertClose("norm", step, figures.norm(), expected.get("gradient_norms_before_clipping"));
      }
      assertParameters(file, parameters);
    }
  }

  /** What labels are padded to where their padding counts. */
  private static Optional<Integer> labelLength(JsonNode expected) {
    JsonNode length = expected.get("arguments").path("label_length");
    return length.isMissingNode() ? Optional.empty() : Optional.of(length.asInt());
  }

  /** Each question as the trainer sees it: padding and what is not counted cut off. */
  private static List<List<Example>> batches() throws IOException {
    SafetensorsFile file = SafetensorsFile.open(GOLDENS.resolve("batches.safetensors"));
    int[][] sources = rows(file, "input_ids", file.longs("attention_mask"));
    long[] counted =
        LongStream.of(file.longs("labels")).map(label -> label == -100 ? 0 : 1).toArray();
    int[][] targets = rows(file, "labels", counted);
    int batch = (int) file.shape("input_ids").get(1);
    List<List<Example>> batches = new ArrayList<>();
    for (int i = 0; i < sources.length; i++) {
      if (i % batch == 0) {
        batches.add(new ArrayList<>());
      }
      batches.get(i / batch).add(new Example("" + i, sources[i], targets[i], ""));
    }
    return batches;
  }

  private static int[][] rows(SafetensorsFile file, String name, long[] counts) throws IOException {
    long[] ids = file.longs(name);
    int length = (int) file.shape(name).get(2);
    int[][] rows = new int[ids.length / length][];
    for (int row = 0; row < rows.length; row++) {
      int from = row * length;
      int tokens = (int) Arrays.stream(counts, from, from + length).sum();
      rows[row] = Arrays.stream(ids, from, from + tokens).mapToInt(Math::toIntExact).toArray();
    }
    return rows;
  }

  private static TrainingSettings settings(JsonNode expected, int steps, boolean recompute) {
    JsonNode arguments = expected.get("arguments");
    return new TrainingSettings(
        1,
        Optional.of(steps),
        optimizer(expected),
        new Schedule(
            Course.valueOf(arguments.get("lr_scheduler_type").asText().toUpperCase(Locale.ROOT)),
            arguments.path("warmup_steps").asInt(0)),
        new BatchSettings(8, BatchFill.QUESTIONS, 1, 1, recompute),
        LearningGoal.LIKELIHOOD,
        arguments.path("max_grad_norm").asDouble(1),
        arguments.path("label_smoothing_factor").asDouble(0),
        0,
        Precision.FLOAT32,
        labelLength(expected).isPresent(),
        new ValidationSettings(0, ValidationMetric.LOSS, false, Optional.empty()),
        new SaveSettings(60, 1));
  }

  private static Optimizer optimizer(JsonNode expected) {
    JsonNode arguments = expected.get("arguments");
    double rate = arguments.get("learning_rate").asDouble();
    double decay = arguments.get("weight_decay").asDouble();
    JsonNode betas = expected.get("optimizer").path("betas");
    double beta1 = betas.path(0).asDouble(0.9);
    double beta2 = betas.path(1).asDouble(0.999);
    String name = arguments.path("optim").asText("adamw");
    return switch (name) {
      case "adamw" -> new Adamw(rate, beta1, beta2, 1e-8, decay);
      case "adamw_hf" -> new AdamwHf(rate, beta1, beta2, 1e-8, decay);
      case "adafactor" -> new Adafactor(rate, decay);
      default -> throw new AssertionError("no optimizer is called " + name);
    };
  }

  private static void assertDecays(JsonNode expected, Parameters parameters) {
    Set<String> decaying = new TreeSet<>();
    for (JsonNode name : expected.get("parameters_with_decay")) {
      decaying.add(parameters.ties().getOrDefault(name.asText(), name.asText()));
    }
    if (!decaying.isEmpty()) {
      TrainableParameters learning = TrainableParameters.of(parameters);
      assertThat(learning.names().subList(0, learning.decaying()))
          .containsExactlyInAnyOrderElementsOf(decaying);
    }
  }

  private static void assertClose(String name, int step, double found, JsonNode expected) {
    double reference = expected.get(step).asDouble();
    assertThat(found).as(name + " of step " + step).isCloseTo(reference, within(1e-4 * reference));
  }

  private static void assertParameters(Path file, Parameters parameters) throws IOException {
    String name = file.getFileName().toString().replace(".json", ".final.safetensors");
    SafetensorsFile expected = SafetensorsFile.open(file.resolveSibling(name));
    assertThat(expected.names()).isNotEmpty();
    for (String parameter : expected.names()) {
      NDArray found = parameters.get(parameter);
      float[] reference = expected.floats(parameter);
      float[] ours = found.toFloatArray();
      double difference = 0;
      double norm = 0;
      for (int i = 0; i < ours.length; i++) {
        assertThat(ours[i]).as(parameter).isCloseTo(reference[i], within(1e-3f));
        difference += Math.pow((double) ours[i] - reference[i], 2);
        norm += Math.pow(reference[i], 2);
      }
      assertThat(Math.sqrt(difference / norm)).as("relative norm of " + parameter).isLessThan(1e-4);
    }
  }
}
