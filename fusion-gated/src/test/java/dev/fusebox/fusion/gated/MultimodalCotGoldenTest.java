package dev.fusebox.fusion.gated;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.gated.GatedFusionConfig.Attention;
import dev.fusebox.fusion.gated.GatedFusionConfig.Gate;
import dev.fusebox.fusion.gated.GatedFusionConfig.MissingPicture;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.fusion.testkit.ReferenceModel;
import dev.fusebox.fusion.testkit.ReferenceModel.Pictures;
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

  private static final GatedFusionConfig PUBLISHED =
      new GatedFusionConfig(Attention.PROJECTED, 1, Gate.SIGMOID, MissingPicture.ZEROS);

  static List<Path> cases() {
    return Goldens.cases("mmcot", "expected.safetensors", "model.safetensors");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fusesAsTheOriginal(Path directory) throws IOException {
    try (ReferenceModel reference = open(directory);
        Step step = Step.inference(reference.model().root())) {
      FusedOutput output = reference.run(step, Mode.INFERENCE);
      GatedFusion.Pass pass = (GatedFusion.Pass) output.pass();
      NDArray before = pass.before();
      reference.assertValue(before, "encoder_state_before_fusion");
      reference.assertValue(pass.look(before), "attention");
      reference.assertValue(pass.weights(before), "attention_weights");
      reference.assertValue(pass.share(before), "gate");
      reference.assertValue(output.encoded().hidden(), "fused_encoder_state");
      reference.assertValue(output.logits(), "logits");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void learnsAsTheOriginal(Path directory) throws IOException {
    try (ReferenceModel reference = open(directory);
        Step step = Step.training(reference.model().root())) {
      NDArray logits = reference.run(step, Mode.TRAINING).logits();
      long[] pads = LongStream.of(reference.labels()).map(id -> Math.max(id, 0)).toArray();
      reference.assertLoss(logits, pads, "loss_pads_counted");
      reference.assertLearns(step, logits);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesAsTheOriginal(Path directory) throws IOException {
    JsonNode entries = new ObjectMapper().readTree(directory.resolve("generate.json").toFile());
    assertThat(entries.size()).isPositive();
    try (ReferenceModel reference = open(directory);
        Step step = Step.inference(reference.model().root());
        Generator generator = Generator.of(reference.model().model())) {
      FusedOutput output = reference.run(step, Mode.INFERENCE);
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
    try (ReferenceModel reference = open(directory, first);
        Step step = Step.inference(reference.model().root())) {
      NDArray logits = reference.run(step, Mode.INFERENCE).logits();
      reference.assertValue(logits, "logits");
    }
  }

  private static ReferenceModel open(Path directory) throws IOException {
    return open(directory, directory.resolve("model.safetensors"));
  }

  private static ReferenceModel open(Path directory, Path weights) throws IOException {
    return ReferenceModel.open(
        directory,
        Checkpoint.open(weights)::into,
        new Pictures("image_ids", ""),
        name -> name,
        context -> new GatedFusion(PUBLISHED, context));
  }
}
