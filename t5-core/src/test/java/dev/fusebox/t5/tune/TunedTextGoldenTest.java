package dev.fusebox.t5.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.Generated;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The peft library's adapters on the same base: texts, merged weights and files. */
class TunedTextGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double MERGED = 1e-6;
  private static final String MERGED_WEIGHT = "merged.";

  private final TunedGolden golden = new TunedGolden();

  @AfterEach
  void close() {
    golden.close();
  }

  static List<Path> cases() {
    return TunedGolden.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesWhatTheOriginalWrites(Path directory) throws IOException {
    T5Model model = golden.tuned(directory, directory.resolve("adapter"));
    SafetensorsFile expected = Goldens.expected(directory);
    assertThat(greedy(model, expected)).isEqualTo(expected.longs("greedy"));
  }

  private long[] greedy(T5Model model, SafetensorsFile expected) throws IOException {
    int rows = (int) expected.shape("greedy").get(0);
    int length = (int) expected.shape("greedy").get(1);
    try (Step step = Step.inference(golden.root());
        Generator generator = Generator.of(model)) {
      NDArray ids = Goldens.array(step.manager(), expected, "input_ids");
      TextStates encoded =
          model.encode(ids, TunedGolden.mask(step, expected), FusionPass.IDENTITY, Mode.INFERENCE);
      List<List<Generated>> written =
          generator.generate(encoded, FusionPass.IDENTITY, GenerationConfig.greedy(length - 1));
      long[] padded = new long[rows * length];
      for (int row = 0; row < rows; row++) {
        int[] tokens = written.get(row).get(0).toArray();
        for (int i = 0; i < tokens.length; i++) {
          padded[row * length + 1 + i] = tokens[i];
        }
      }
      return padded;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mergesAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    List<String> merged =
        expected.names().stream().filter(name -> name.startsWith(MERGED_WEIGHT)).toList();
    Path adapter = directory.resolve("adapter");
    golden.tuned(directory, adapter);
    Tuning tuning = Adapter.read(adapter).tuning();
    if (tuning instanceof Prompt) {
      assertThatThrownBy(() -> MergedWeights.of(golden.parameters(), tuning))
          .hasMessageContaining("cannot be merged");
      return;
    }
    Map<String, NDArray> weights = MergedWeights.of(golden.parameters(), tuning);
    assertThat(weights.keySet()).noneMatch(name -> name.contains("lora") || name.contains("ia3"));
    for (String name : merged) {
      Goldens.assertClose(
          weights.get(name.substring(MERGED_WEIGHT.length())), expected, name, MERGED);
    }
  }

  /** A plain model with the merged weights gives the scores of the original's merged one. */
  @ParameterizedTest
  @MethodSource("cases")
  void scoresAsTheOriginalWhenMerged(Path directory, @TempDir Path folder) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    T5Model model = golden.tuned(directory, directory.resolve("adapter"));
    Tuning tuning = Adapter.read(directory.resolve("adapter")).tuning();
    assertThat(expected.names().contains("logits_merged")).isEqualTo(!(tuning instanceof Prompt));
    if (tuning instanceof Prompt) {
      return; // cannot be merged
    }
    Checkpoint.save(folder, MergedWeights.of(golden.parameters(), tuning), model.config().toJson());
    try (Parameters plain = new Parameters(golden.root(), 0);
        Step step = Step.inference(golden.root())) {
      Checkpoint.open(folder).into(plain);
      T5Model merged = T5Model.textOnly(model.config(), plain, golden.ops(), new Tuning.All());
      assertThat(plain.report().complete()).as(plain.report().toString()).isTrue();
      Goldens.assertClose(
          merged.logits(TunedGolden.decoded(merged, step, expected), FusionPass.IDENTITY),
          expected,
          "logits_merged",
          VALUES);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsWrittenIsReadAgain(Path directory, @TempDir Path folder) throws IOException {
    Path given = directory.resolve("adapter");
    T5Model model = golden.tuned(directory, given);
    Tuning tuning = Adapter.read(given).tuning();
    Adapter.write(
        folder,
        tuning,
        golden.parameters().trainable(),
        List.copyOf(golden.parameters().all().keySet()),
        model.config(),
        "somewhere");
    assertThat(Adapter.read(folder).tuning()).isEqualTo(tuning);
    SafetensorsFile before = SafetensorsFile.open(given.resolve("adapter_model.safetensors"));
    SafetensorsFile after = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"));
    assertThat(after.names()).containsExactlyInAnyOrderElementsOf(before.names());
    for (String name : before.names()) {
      assertThat(after.floats(name)).as(name).isEqualTo(before.floats(name));
    }
    assertThat(Files.readString(folder.resolve("adapter_config.json"))).contains("somewhere");
  }
}
