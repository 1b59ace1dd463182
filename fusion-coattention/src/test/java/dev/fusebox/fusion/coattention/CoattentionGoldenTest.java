package dev.fusebox.fusion.coattention;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Directions;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Gate;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hugging Face's LXMERT layers behind a linear projection of the picture. */
final class CoattentionGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;
  private static final String KEY = "key.bias";

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final Parameters parameters = new Parameters(root, 0);
  private final Step step = Step.training(root);

  @AfterEach
  void close() {
    step.close();
    parameters.close();
    root.close();
  }

  static List<Path> files() {
    return Goldens.list(Goldens.directory().resolve("coattention")).stream()
        .filter(path -> path.getFileName().toString().endsWith(".safetensors"))
        .toList();
  }

  /**
   * Gradients are those of {@code sum(text_output · upstream)}, so that those of the picture's
   * stream in the last layer are 0.
   */
  @ParameterizedTest
  @MethodSource("files")
  void bothStreamsAreThoseOfTheOriginal(Path file) throws IOException {
    SafetensorsFile golden = SafetensorsFile.open(file);
    load(golden);
    NDArray features = input(golden, "features");
    NDArray words = input(golden, "text");
    Streams streams = streams(file, features, words, true);
    assertThat(parameters.report().complete()).as(parameters.report().toString()).isTrue();

    NDArray both = meet(streams, golden, features, words);
    NDArray text = both.get(":, :" + words.getShape().get(1));

    Goldens.assertClose(text, golden, "text_output", VALUES);
    NDArray picture = both.get(":, " + words.getShape().get(1) + ":");
    Goldens.assertClose(picture, golden, "picture_output", VALUES);
    step.backward(text.mul(Goldens.array(step.manager(), golden, "upstream")).sum());
    assertGradients(golden, features, words);
  }

  /** What nobody reads is not computed, and not declared. */
  @ParameterizedTest
  @MethodSource("files")
  void theTextsStreamNeedsNoMoreOfThePictureThanItReads(Path file) throws IOException {
    SafetensorsFile golden = SafetensorsFile.open(file);
    load(golden);
    NDArray features = input(golden, "features");
    NDArray words = input(golden, "text");
    Streams streams = streams(file, features, words, false);
    assertThat(parameters.report().missing()).isEmpty();
    assertThat(parameters.report().unexpected())
        .hasSize(16)
        .allMatch(name -> name.contains("x_layers.1.visn_"));

    NDArray text = meet(streams, golden, features, words);

    Goldens.assertClose(text, golden, "text_output", VALUES);
    step.backward(text.mul(Goldens.array(step.manager(), golden, "upstream")).sum());
    assertGradients(golden, features, words);
  }

  private Streams streams(Path file, NDArray features, NDArray words, boolean pictureIsRead)
      throws IOException {
    int visionWidth = (int) features.getShape().get(2);
    int width = (int) words.getShape().get(2);
    FusionContext context =
        new FusionContext(width, visionWidth, 3, 8, 64, 2, 2, 0, 1e-6, parameters, ops);
    Streams streams = new Streams(config(file), context, new CoattentionScript(ops), pictureIsRead);
    parameters.train(name -> true);
    return streams;
  }

  /** The settings that Hugging Face wrote. */
  private static CoattentionFusionConfig config(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".safetensors", ".json");
    JsonNode published = new ObjectMapper().readTree(file.resolveSibling(name).toFile());
    return new CoattentionFusionConfig(
        published.get("layers").asInt(),
        published.get("num_attention_heads").asInt(),
        published.get("intermediate_size").asInt() / published.get("hidden_size").asInt(),
        Directions.SHARED,
        false,
        Gate.NONE,
        false);
  }

  private NDArray meet(Streams streams, SafetensorsFile golden, NDArray features, NDArray words)
      throws IOException {
    VisionFeatures vision = VisionFeatures.ofOnePicture(features, mask(golden, "features_mask"));
    TextStates text = new TextStates(words, mask(golden, "text_mask"));
    return streams.meet(text, streams.picture(vision, Mode.TRAINING), vision.mask(), Mode.TRAINING);
  }

  private NDArray input(SafetensorsFile golden, String name) throws IOException {
    NDArray array = Goldens.array(step.manager(), golden, name);
    array.setRequiresGradient(true);
    return array;
  }

  private NDArray mask(SafetensorsFile golden, String name) throws IOException {
    return Goldens.array(step.manager(), golden, name).toType(DataType.FLOAT32, false);
  }

  private void load(SafetensorsFile golden) throws IOException {
    for (String name : golden.names()) {
      if (name.startsWith("param.")) {
        float[] numbers = golden.floats(name);
        parameters.load(published(name), golden.shape(name), into -> into.put(numbers));
      }
    }
  }

  /** As the whole model calls what the reference calls {@code param.layers.0…}. */
  private static String published(String name) {
    return name.substring(name.indexOf('.') + 1)
        .replaceFirst("^layers\\.", "lxmert.encoder.x_layers.")
        .replaceFirst("^visn_fc\\.", "lxmert.encoder.visn_fc.visn_fc.");
  }

  private void assertGradients(SafetensorsFile golden, NDArray features, NDArray words)
      throws IOException {
    Goldens.assertClose(features.getGradient(), golden, "grad_input.features", GRADIENTS);
    Goldens.assertClose(words.getGradient(), golden, "grad_input.text", GRADIENTS);
    int checked = 0;
    for (String name : golden.names()) {
      if (name.startsWith("grad.")) {
        assertGradient(golden, name, parameters.get(published(name)).getGradient());
        checked++;
      }
    }
    long unread =
        parameters.trainable().keySet().stream()
            .filter(name -> !golden.names().contains(referenceName(name)))
            .peek(
                name ->
                    assertThat(parameters.get(name).getGradient().toFloatArray())
                        .as(name)
                        .containsOnly(0))
            .count();
    assertThat(checked + unread).isEqualTo(parameters.trainable().size());
  }

  private static String referenceName(String name) {
    return "grad."
        + name.replace("lxmert.encoder.x_layers.", "layers.")
            .replace("lxmert.encoder.visn_fc.visn_fc.", "visn_fc.");
  }

  /** A key's bias moves all scores of a query alike: what is not 0 of its gradient is rounding. */
  private static void assertGradient(SafetensorsFile golden, String name, NDArray gradient)
      throws IOException {
    if (!name.endsWith(KEY)) {
      Goldens.assertClose(gradient, golden, name, GRADIENTS);
      return;
    }
    float[] weight = golden.floats(name.replace(KEY, "key.weight"));
    assertThat(norm(gradient.toFloatArray()))
        .as(name)
        .isLessThanOrEqualTo(GRADIENTS * norm(weight));
  }

  private static double norm(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return Math.sqrt(sum);
  }
}
