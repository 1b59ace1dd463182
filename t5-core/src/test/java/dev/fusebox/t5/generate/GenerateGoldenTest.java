package dev.fusebox.t5.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every entry of every {@code generate.json}: the tokens exactly, the scores of beam search. */
class GenerateGoldenTest {

  private static final double SCORES = 1e-4;
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> cases() {
    return Goldens.cases("t5", "generate.json", "expected.safetensors", "model.safetensors");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everySentenceEqualsTheOriginal(Path directory) throws IOException {
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Model model = load(directory, parameters, ops);
      SafetensorsFile expected = Goldens.expected(directory);
      JsonNode entries = JSON.readTree(directory.resolve("generate.json").toFile());
      assertThat(entries.size()).isPositive();
      try (Step step = Step.inference(root);
          Generator generator = Generator.of(model)) {
        NDArray ids = Goldens.array(step.manager(), expected, "input_ids");
        NDArray mask =
            Goldens.array(step.manager(), expected, "attention_mask")
                .toType(DataType.FLOAT32, false);
        TextStates encoded = model.encode(ids, mask, FusionPass.IDENTITY, Mode.INFERENCE);
        for (JsonNode entry : entries) {
          GenerationConfig config = config(entry.get("arguments"));
          check(entry, generator.generate(encoded, FusionPass.IDENTITY, config));
        }
      }
    }
  }

  private static T5Model load(Path directory, Parameters parameters, Ops ops) throws IOException {
    SafetensorsFile weights = SafetensorsFile.open(directory.resolve("model.safetensors"));
    for (String name : weights.names()) {
      NDArray array = parameters.load(name, weights.shape(name));
      array.toByteBuffer(true).asFloatBuffer().put(weights.floats(name));
    }
    return T5Model.textOnly(T5Config.read(directory.resolve("config.json")), parameters, ops);
  }

  /** {@code generate}'s arguments as ours; one that is unknown fails the test. */
  private static GenerationConfig config(JsonNode arguments) {
    List<String> known =
        List.of(
            "num_beams",
            "max_new_tokens",
            "min_new_tokens",
            "no_repeat_ngram_size",
            "length_penalty",
            "early_stopping",
            "num_return_sequences");
    assertThat(arguments.fieldNames()).toIterable().isSubsetOf(known);
    int beams = arguments.path("num_beams").asInt(1);
    Decoding decoding =
        beams == 1
            ? new Decoding.Greedy()
            : new Decoding.Beam(
                beams,
                arguments.path("length_penalty").asDouble(1),
                earlyStopping(arguments.path("early_stopping").asText("false")),
                arguments.path("num_return_sequences").asInt(1));
    return new GenerationConfig(
        arguments.path("max_new_tokens").asInt(),
        arguments.path("min_new_tokens").asInt(0),
        arguments.path("no_repeat_ngram_size").asInt(0),
        decoding);
  }

  private static EarlyStopping earlyStopping(String value) {
    return switch (value) {
      case "true" -> EarlyStopping.AT_ENOUGH;
      case "false" -> EarlyStopping.WHEN_UNLIKELY;
      case "never" -> EarlyStopping.WHEN_IMPOSSIBLE;
      default -> throw new AssertionError("early_stopping " + value);
    };
  }

  private static void check(JsonNode entry, List<List<Generated>> found) {
    String name = entry.get("name").asText();
    List<Generated> sentences = found.stream().flatMap(List::stream).toList();
    assertThat(sentences).as(name).hasSameSizeAs(entry.get("sequences"));
    for (int i = 0; i < sentences.size(); i++) {
      List<Integer> expected = withoutPadding(entry.get("sequences").get(i));
      assertThat(sentences.get(i).tokens()).as("%s, sentence %d", name, i).isEqualTo(expected);
      if (entry.hasNonNull("scores")) {
        double score = entry.get("scores").get(i).asDouble();
        assertThat(sentences.get(i).score())
            .as("score of %s, sentence %d", name, i)
            .isCloseTo(score, within(SCORES));
      }
    }
  }

  /** Without the start token and what follows the end token. */
  private static List<Integer> withoutPadding(JsonNode sequence) {
    List<Integer> tokens = new ArrayList<>();
    for (int i = 1; i < sequence.size(); i++) {
      tokens.add(sequence.get(i).asInt());
      if (sequence.get(i).asInt() == 1) {
        break;
      }
    }
    return tokens;
  }
}
