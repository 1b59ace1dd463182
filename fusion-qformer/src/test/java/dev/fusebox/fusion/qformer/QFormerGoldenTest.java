package dev.fusebox.fusion.qformer;

import static dev.fusebox.fusion.qformer.QFormerFusionConfig.RelatedPositions.JOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hugging Face's Q-Formers, alone and in front of a T5. */
final class QFormerGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;

  private static final String WORDS = "qformer.embeddings.word_embeddings.weight";
  private static final String KEY = "key.bias";

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final Parameters parameters = new Parameters(root, 0);
  private final Step step = Step.training(root);

  @AfterEach
  void close() {
    step.close();
    parameters.close();
    ops.close();
    root.close();
  }

  static List<Path> blocks() {
    return Goldens.list(Goldens.directory().resolve("qformer")).stream()
        .filter(path -> path.getFileName().toString().endsWith("_block.safetensors"))
        .toList();
  }

  /**
   * Gradients are those of {@code sum(output · upstream)}. InstructBLIP's words are looked up here:
   * the fusion has T5's embeddings in their place.
   */
  @ParameterizedTest
  @MethodSource("blocks")
  void readsThePictureAsTheOriginal(Path file) throws IOException {
    SafetensorsFile golden = SafetensorsFile.open(file);
    load(golden);
    QFormerFusionConfig config = config(besides(file), golden.shape("param.query_tokens"), false);
    NDArray features = Goldens.array(step.manager(), golden, "features");
    features.setRequiresGradient(true);
    QFormer qformer = new QFormer(config, context(features), new QFormerScript(ops));
    Optional<NDArray> words = declared(golden, WORDS);
    Optional<Linear> projection =
        golden.names().contains("param.language_projection.weight")
            ? Optional.of(
                Linear.declare(
                    parameters,
                    "language_projection",
                    config.width(),
                    golden.shape("output").get(2)))
            : Optional.empty();
    parameters.train(name -> true);
    Optional<Question> question = words.map(table -> question(golden, table));

    NDArray read = qformer.read(vision(golden, features), question, Mode.TRAINING);
    NDArray output = projection.map(linear -> linear.apply(ops, read)).orElse(read);

    if (golden.names().contains("queries")) {
      Goldens.assertClose(read, golden, "queries", VALUES);
    }
    Goldens.assertClose(output, golden, "output", VALUES);
    step.backward(output.mul(Goldens.array(step.manager(), golden, "upstream")).sum());
    Goldens.assertClose(features.getGradient(), golden, "grad_input.features", GRADIENTS);
    assertGradients(golden, parameters);
    assertAllUsed(config);
  }

  /** But for what the text's feed-forward of the last layer would make for nobody. */
  private void assertAllUsed(QFormerFusionConfig config) {
    assertThat(parameters.report().missing()).isEmpty();
    assertThat(parameters.report().misshaped()).isEmpty();
    String last = "qformer.encoder.layer." + (config.layers() - 1);
    assertThat(parameters.report().unexpected())
        .hasSize(config.readsQuestion() ? 6 : 0)
        .allMatch(name -> name.matches(last + "\\.(intermediate|output)\\..*"));
  }

  private static void assertGradients(SafetensorsFile golden, Parameters parameters)
      throws IOException {
    int checked = 0;
    for (String name : names(golden, "grad.")) {
      if (!parameters.all().containsKey(name)) {
        assertThat(golden.floats("grad." + name)).as("gradient of " + name).containsOnly(0);
        continue;
      }
      assertGradient(golden, name, parameters.get(name).getGradient());
      checked++;
    }
    assertThat(checked).isEqualTo(parameters.trainable().size());
  }

  /** A key's bias moves all scores of a query alike: what is not 0 of its gradient is rounding. */
  private static void assertGradient(SafetensorsFile golden, String name, NDArray gradient)
      throws IOException {
    if (!name.endsWith(KEY)) {
      Goldens.assertClose(gradient, golden, "grad." + name, GRADIENTS);
      return;
    }
    float[] weight = golden.floats("grad." + name.replace(KEY, "key.weight"));
    assertThat(norm(gradient.toFloatArray()))
        .as("gradient of " + name)
        .isLessThanOrEqualTo(GRADIENTS * norm(weight));
  }

  private static double norm(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return Math.sqrt(sum);
  }

  private static List<String> names(SafetensorsFile golden, String prefix) {
    return golden.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  private void load(SafetensorsFile golden) throws IOException {
    for (String name : names(golden, "param.")) {
      float[] numbers = golden.floats("param." + name);
      parameters.load(name, golden.shape("param." + name), into -> into.put(numbers));
    }
  }

  private Optional<NDArray> declared(SafetensorsFile golden, String name) {
    return golden.names().contains("param." + name)
        ? Optional.of(parameters.declare(name, golden.shape("param." + name), Initializer.zeros()))
        : Optional.empty();
  }

  private Question question(SafetensorsFile golden, NDArray table) {
    try {
      NDArray ids = Goldens.array(step.manager(), golden, "text_ids");
      return new Question(ops.embedding(ids, table), mask(step.manager(), golden, "text_mask"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static VisionFeatures vision(SafetensorsFile golden, NDArray features)
      throws IOException {
    NDManager manager = features.getManager();
    NDArray mask =
        golden.names().contains("mask")
            ? mask(manager, golden, "mask")
            : manager.ones(features.getShape().slice(0, 2));
    return VisionFeatures.ofOnePicture(features, mask);
  }

  private static NDArray mask(NDManager manager, SafetensorsFile golden, String name)
      throws IOException {
    return Goldens.array(manager, golden, name).toType(DataType.FLOAT32, false);
  }

  private FusionContext context(NDArray features) {
    int visionWidth = (int) features.getShape().get(2);
    return new FusionContext(64, visionWidth, 3, 8, 64, 2, 2, 0, 1e-6, parameters, ops);
  }

  /** The settings that Hugging Face wrote. */
  private static JsonNode besides(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".safetensors", ".json");
    return new ObjectMapper().readTree(file.resolveSibling(name).toFile());
  }

  private static QFormerFusionConfig config(JsonNode published, Shape queries, boolean frozen) {
    int width = published.get("hidden_size").asInt();
    return new QFormerFusionConfig(
        (int) queries.get(1),
        width,
        published.get("num_hidden_layers").asInt(),
        published.get("num_attention_heads").asInt(),
        published.get("intermediate_size").asInt() / width,
        published.get("cross_attention_frequency").asInt(),
        published.get("model_type").asText().equals("instructblip_qformer"),
        published.get("max_position_embeddings").asInt(),
        JOINT,
        frozen);
  }

  static List<Path> cases() {
    return Goldens.cases("qformer", "expected.safetensors", "model.safetensors", "qformer.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void standsBeforeTheTextAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    try (FusedModel model = model(directory, expected);
        Step training = Step.training(model.root())) {
      FusedOutput output = model.run(input(training.manager(), expected), Mode.TRAINING);
      NDArray encoded = output.encoded().hidden();
      Goldens.assertClose(encoded, expected, "encoder_last", VALUES);
      Goldens.assertClose(output.logits(), expected, "logits", VALUES);
      NDArray loss = model.loss(output.logits(), expected.longs("labels"));
      float reference = expected.floats("loss")[0];
      assertThat(loss.getFloat()).isCloseTo(reference, within((float) (VALUES * reference)));
      training.backward(loss);
      assertGradients(expected, model.parameters());
    }
  }

  private static FusedModel model(Path directory, SafetensorsFile expected) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    QFormerFusionConfig config =
        config(
            besides(directory.resolve("qformer.safetensors")),
            SafetensorsFile.open(weights).shape("query_tokens"),
            directory.getFileName().toString().endsWith("frozen_lm"));
    FusedModel model =
        FusedModel.build(
            T5Config.read(directory.resolve("config.json")),
            (int) expected.shape("features").get(2),
            0,
            Checkpoint.open(weights)::into,
            context -> new QFormerFusion(config, context));
    assertThat(model.parameters().report().complete())
        .as(model.parameters().report().toString())
        .isTrue();
    return model;
  }

  private static FusedInput input(NDManager manager, SafetensorsFile expected) throws IOException {
    Shape shape = expected.shape("labels");
    long[] targets = FusedModel.shiftedRight(expected.longs("labels"), shape.get(1));
    return new FusedInput(
        Goldens.array(manager, expected, "input_ids"),
        mask(manager, expected, "attention_mask"),
        VisionFeatures.ofOnePicture(
            Goldens.array(manager, expected, "features"), mask(manager, expected, "features_mask")),
        manager.create(targets, shape));
  }
}
