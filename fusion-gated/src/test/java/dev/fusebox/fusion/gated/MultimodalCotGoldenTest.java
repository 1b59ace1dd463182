package dev.fusebox.fusion.gated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.gated.GatedFusionConfig.Attention;
import dev.fusebox.fusion.gated.GatedFusionConfig.Gate;
import dev.fusebox.fusion.gated.GatedFusionConfig.MissingPicture;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.generate.Decoding;
import dev.fusebox.t5.generate.EarlyStopping;
import dev.fusebox.t5.generate.Generated;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published code and its numbers, from its own weights. */
final class MultimodalCotGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;
  private static final GatedFusionConfig PUBLISHED =
      new GatedFusionConfig(Attention.PROJECTED, 1, Gate.SIGMOID, MissingPicture.ZEROS);

  static List<Path> cases() {
    return Goldens.cases("mmcot", "expected.safetensors", "model.safetensors");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fusesAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    try (FusedModel model = load(directory, expected);
        Step step = Step.inference(model.root())) {
      FusedOutput output = model.run(input(step.manager(), expected), Mode.INFERENCE);
      GatedFusion.Pass pass = (GatedFusion.Pass) output.pass();
      NDArray before = pass.before();
      Goldens.assertClose(before, expected, "encoder_state_before_fusion", VALUES);
      Goldens.assertClose(pass.look(before), expected, "attention", VALUES);
      Goldens.assertClose(pass.weights(before), expected, "attention_weights", VALUES);
      Goldens.assertClose(pass.share(before), expected, "gate", VALUES);
      Goldens.assertClose(output.encoded().hidden(), expected, "fused_encoder_state", VALUES);
      Goldens.assertClose(output.logits(), expected, "logits", VALUES);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void learnsAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    try (FusedModel model = load(directory, expected);
        Step step = Step.training(model.root())) {
      NDArray logits = model.run(input(step.manager(), expected), Mode.TRAINING).logits();
      long[] labels = expected.longs("labels");
      long[] pads = LongStream.of(labels).map(id -> Math.max(id, 0)).toArray();
      assertLoss(model.loss(logits, pads), expected, "loss_pads_counted");
      NDArray loss = model.loss(logits, labels);
      assertLoss(loss, expected, "loss");
      step.backward(loss);
      List<String> names =
          expected.names().stream().filter(name -> name.startsWith("grad.")).toList();
      assertThat(names).hasSameSizeAs(model.parameters().all().keySet());
      for (String name : names) {
        NDArray gradient = model.parameters().get(name.substring(5)).getGradient();
        Goldens.assertClose(gradient, expected, name, GRADIENTS);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    JsonNode entries = new ObjectMapper().readTree(directory.resolve("generate.json").toFile());
    assertThat(entries.size()).isPositive();
    try (FusedModel model = load(directory, expected);
        Step step = Step.inference(model.root());
        Generator generator = Generator.of(model.model())) {
      FusedOutput output = model.run(input(step.manager(), expected), Mode.INFERENCE);
      for (JsonNode entry : entries) {
        List<List<Generated>> written =
            generator.generate(output.encoded(), output.pass(), config(entry.get("arguments")));
        assertThat(written).hasSameSizeAs(entry.get("sequences"));
        for (int i = 0; i < written.size(); i++) {
          assertThat(written.get(i).get(0).tokens())
              .as("%s, sentence %d", entry.get("name").asText(), i)
              .isEqualTo(tokens(entry.get("sequences").get(i)));
        }
      }
    }
  }

  private static GenerationConfig config(JsonNode arguments) {
    assertThat(arguments.fieldNames())
        .toIterable()
        .isSubsetOf("num_beams", "max_new_tokens", "length_penalty");
    int beams = arguments.get("num_beams").asInt();
    double lengthPenalty = arguments.path("length_penalty").asDouble(1);
    return new GenerationConfig(
        arguments.get("max_new_tokens").asInt(),
        0,
        0,
        beams == 1
            ? new Decoding.Greedy()
            : new Decoding.Beam(beams, lengthPenalty, EarlyStopping.WHEN_UNLIKELY, 1));
  }

  /** Without the start token and what follows the end token. */
  private static List<Integer> tokens(JsonNode sequence) {
    List<Integer> tokens = new ArrayList<>();
    for (int i = 1; i < sequence.size() && !tokens.contains(1); i++) {
      tokens.add(sequence.get(i).asInt());
    }
    return tokens;
  }

  /** The first release had the fusion's parameters at the top, not in the encoder. */
  @ParameterizedTest
  @MethodSource("cases")
  void namesOfTheFirstReleaseAreRead(Path directory, @TempDir Path folder) throws IOException {
    Path first = folder.resolve("model.safetensors");
    SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"));
    SafetensorsWriter writer = new SafetensorsWriter();
    try (NDManager manager = NDManager.newBaseManager()) {
      for (String name : file.names()) {
        String older = name.replaceFirst("^encoder\\.(image_dense|mha_layer|gate_dense)\\.", "$1.");
        writer.add(older, Goldens.array(manager, file, name), ElementType.F32);
      }
      writer.write(first);
    }
    assertThat(SafetensorsFile.open(first).names())
        .contains("image_dense.weight", "gate_dense.bias");
    SafetensorsFile expected = Goldens.expected(directory);
    try (FusedModel model = load(directory, first, expected);
        Step step = Step.inference(model.root())) {
      NDArray logits = model.run(input(step.manager(), expected), Mode.INFERENCE).logits();
      Goldens.assertClose(logits, expected, "logits", VALUES);
    }
  }

  private static FusedModel load(Path directory, SafetensorsFile expected) throws IOException {
    return load(directory, directory.resolve("model.safetensors"), expected);
  }

  private static FusedModel load(Path directory, Path weights, SafetensorsFile expected)
      throws IOException {
    FusedModel model =
        FusedModel.build(
            T5Config.read(directory.resolve("config.json")),
            (int) expected.shape("image_ids").get(2),
            0,
            Checkpoint.open(weights)::into,
            context -> new GatedFusion(PUBLISHED, context));
    assertThat(model.parameters().report().complete())
        .as(model.parameters().report().toString())
        .isTrue();
    return model;
  }

  private static FusedInput input(NDManager manager, SafetensorsFile expected) throws IOException {
    NDArray features = Goldens.array(manager, expected, "image_ids");
    NDArray seen = manager.ones(features.getShape().slice(0, 2));
    Shape shape = expected.shape("labels");
    long[] targets = FusedModel.shiftedRight(expected.longs("labels"), shape.get(1));
    return new FusedInput(
        Goldens.array(manager, expected, "input_ids"),
        Goldens.array(manager, expected, "attention_mask").toType(DataType.FLOAT32, false),
        VisionFeatures.ofOnePicture(features, seen),
        manager.create(targets, shape));
  }

  private static void assertLoss(NDArray loss, SafetensorsFile expected, String name)
      throws IOException {
    float reference = expected.floats(name)[0];
    assertThat(loss.getFloat()).as(name).isCloseTo(reference, within((float) (VALUES * reference)));
  }
}
