package dev.fusebox.t5.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.Adaptation;
import dev.fusebox.t5.Matrices;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.Generated;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The peft library's adapters on the same base. */
class TuningGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;
  private static final double MERGED = 1e-6;

  /**
   * Strong adapters of random numbers make a model that magnifies rounding: there the peft
   * library's own gradients, in fp32 on two processors, are 0.9e-4 and 2.0e-4 off what it computes
   * in double precision. So each case is held to {@link #GRADIENTS} with products in double
   * precision, and every gradient whose fp32 products agree with these is so with fp32 products,
   * too. Of a gradient that is less than a hundredth of all together, what cancelled leaves fewer
   * digits (in the original's as well, 0.9e-4 off its double precision): it counts as a hundredth.
   */
  private static final double SMALL = 0.01;

  private static final double DECIDABLE = GRADIENTS / 5;

  private static final String GRADIENT = "grad.";
  private static final String MERGED_WEIGHT = "merged.";

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final Parameters parameters = new Parameters(root, 0);

  @AfterEach
  void close() {
    parameters.close();
    root.close();
  }

  static List<Path> cases() {
    return Goldens.cases("peft", "expected.safetensors", "adapter");
  }

  private T5Model tuned(Path directory, Path adapter) throws IOException {
    return tuned(directory, adapter, parameters, tuning -> tuning);
  }

  private T5Model tuned(
      Path directory, Path adapter, Parameters parameters, Function<Tuning, Adaptation> adapting)
      throws IOException {
    Checkpoint.open(directory.resolve("model.safetensors")).into(parameters);
    Adapter read = Adapter.read(adapter);
    read.into(parameters);
    T5Model model =
        T5Model.textOnly(
            T5Config.read(directory.resolve("config.json")),
            parameters,
            ops,
            adapting.apply(read.tuning()));
    assertThat(parameters.report().complete()).as(parameters.report().toString()).isTrue();
    return model;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresAndLearnsAsTheOriginal(Path directory) throws IOException {
    T5Model model = tuned(directory, directory.resolve("adapter"));
    SafetensorsFile expected = Goldens.expected(directory);
    try (Step step = Step.training(root)) {
      NDArray hidden = decoded(model, step, expected);
      Goldens.assertClose(model.logits(hidden, FusionPass.IDENTITY), expected, "logits", VALUES);
      Goldens.assertClose(
          "loss",
          new float[] {loss(model, step, expected).value().getFloat()},
          expected.floats("loss"),
          VALUES);
    }
    Map<String, float[]> exact;
    try (Parameters doubles = new Parameters(root, 0)) {
      Path adapter = directory.resolve("adapter");
      exact =
          gradients(
              tuned(directory, adapter, doubles, TuningGoldenTest::inDouble), expected, false);
      assertGradients(expected, exact, exact);
    }
    for (boolean again : new boolean[] {false, true}) {
      assertGradients(expected, gradients(model, expected, again), exact);
    }
  }

  /** The same with products in double precision; a prompt changes no product. */
  private static Adaptation inDouble(Tuning tuning) {
    return tuning instanceof Prompt ? tuning : new InDouble(tuning);
  }

  private record InDouble(Tuning tuning) implements Adaptation {

    @Override
    public boolean tunesBase() {
      return tuning.tunesBase();
    }

    @Override
    public boolean adds(String parameter) {
      return tuning.adds(parameter);
    }

    @Override
    public Matrices matrices() {
      return new Matrices() {
        @Override
        public Matrix declare(
            Parameters parameters, String name, Shape shape, Initializer initializer) {
          return tuning.matrices().declare(parameters, name, shape, initializer);
        }

        @Override
        public ScriptSource script() {
          return new ScriptSource(TuningGoldenTest.class, "double.py");
        }
      };
    }
  }

  /** By the gradients of the weights that the additions are folded into. */
  private Map<String, float[]> ofAdded(Tuning tuning, Map<String, float[]> weights, Step step) {
    Map<String, float[]> gradients = new TreeMap<>();
    for (String name : parameters.trainable().keySet()) {
      String stem = name.replaceAll("\\.(lora_[AB]\\.weight|ia3_l)$", "");
      NDArray base = parameters.get(stem + ".weight");
      NDArray weight = step.manager().create(weights.get(stem + ".weight"), base.getShape());
      NDArray gradient =
          tuning instanceof Lora lora
              ? low(lora, stem, name, weight)
              : factors(parameters.get(name), base, weight);
      gradients.put(name, gradient.toFloatArray());
    }
    return gradients;
  }

  /** Of all that learns in a model, by its name. */
  private Map<String, float[]> gradients(T5Model model, SafetensorsFile expected, boolean again)
      throws IOException {
    List<NDArray> learning = List.copyOf(model.parameters().trainable().values());
    List<String> names = List.copyOf(model.parameters().trainable().keySet());
    try (Step step = again ? Step.recomputing(root, learning, 1) : Step.training(root)) {
      List<NDArray> found = ops.gradients(loss(model, step, expected), learning);
      Map<String, float[]> gradients = new TreeMap<>();
      for (int i = 0; i < names.size(); i++) {
        gradients.put(names.get(i), found.get(i).toFloatArray());
      }
      return gradients;
    }
  }

  private static Loss loss(T5Model model, Step step, SafetensorsFile expected) throws IOException {
    NDArray labels = Goldens.array(step.manager(), expected, "labels");
    long counted = LongStream.of(expected.longs("labels")).filter(label -> label != -100).count();
    NDArray hidden = decoded(model, step, expected);
    return model.loss(hidden, labels, FusionPass.IDENTITY, 0, counted);
  }

  private static void assertGradients(
      SafetensorsFile expected, Map<String, float[]> found, Map<String, float[]> exact)
      throws IOException {
    assertThat(found.keySet().stream().map(TuningGoldenTest::nameOfGradient))
        .containsExactlyInAnyOrderElementsOf(
            expected.names().stream().filter(name -> name.startsWith(GRADIENT)).toList());
    double whole =
        Math.sqrt(exact.values().stream().mapToDouble(part -> norm(part) * norm(part)).sum());
    for (Map.Entry<String, float[]> each : found.entrySet()) {
      String name = nameOfGradient(each.getKey());
      if (Goldens.relativeDifference(each.getValue(), exact.get(each.getKey())) <= DECIDABLE) {
        float[] wanted = expected.floats(name);
        double tolerance = GRADIENTS * Math.max(1, SMALL * whole / norm(wanted));
        Goldens.assertClose(name, each.getValue(), wanted, tolerance);
      }
    }
  }

  private static double norm(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return Math.sqrt(sum);
  }

  /**
   * What was added to a matrix learns what the matrix itself would: of {@code W + s·B·A} the
   * gradients of B and A are {@code s·dW·Aᵀ} and {@code s·Bᵀ·dW}, of {@code W ⊙ l} that of l is the
   * sum of {@code d(W ⊙ l) ⊙ W} over what one factor stands for. Both come of one pass, so no model
   * magnifies their difference.
   */
  @ParameterizedTest
  @MethodSource("cases")
  void whatIsAddedLearnsWhatTheWeightsWould(Path directory) throws IOException {
    T5Model model = tuned(directory, directory.resolve("adapter"));
    Tuning tuning = Adapter.read(directory.resolve("adapter")).tuning();
    if (tuning instanceof Prompt) {
      return; // no part of a weight
    }
    Set<String> added = parameters.trainable().keySet();
    parameters.train(name -> true);
    Map<String, float[]> found = gradients(model, Goldens.expected(directory), false);
    parameters.train(added::contains);
    try (Step step = Step.inference(root)) {
      ofAdded(tuning, beforeFactors(found, step), step)
          .forEach((name, wanted) -> Goldens.assertClose(name, found.get(name), wanted, GRADIENTS));
    }
  }

  /** Of {@code W ⊙ l} the gradient of the product, from that of W, which is l times as much. */
  private Map<String, float[]> beforeFactors(Map<String, float[]> found, Step step) {
    Map<String, float[]> products = new TreeMap<>(found);
    for (String name : parameters.trainable().keySet()) {
      if (name.endsWith(".ia3_l")) {
        String weight = name.replace(".ia3_l", ".weight");
        NDArray gradient =
            step.manager().create(found.get(weight), parameters.get(weight).getShape());
        products.put(weight, gradient.div(parameters.get(name)).toFloatArray());
      }
    }
    return products;
  }

  private NDArray low(Lora lora, String stem, String name, NDArray weight) {
    NDArray scale = weight.getManager().create((float) lora.scale());
    return name.contains("lora_B")
        ? weight.matMul(parameters.get(stem + ".lora_A.weight").transpose()).mul(scale)
        : parameters.get(stem + ".lora_B.weight").transpose().matMul(weight).mul(scale);
  }

  private static NDArray factors(NDArray factors, NDArray base, NDArray weight) {
    int axis = factors.getShape().get(0) == 1 ? 0 : 1;
    return weight.mul(base).sum(new int[] {axis}, true);
  }

  /** As the peft library names its parameters in memory. */
  private static String nameOfGradient(String name) {
    return GRADIENT
        + (name.equals(T5Model.PROMPT)
            ? "prompt_encoder.default.embedding.weight"
            : "base_model.model."
                + name.replace(".lora_A.weight", ".lora_A.default.weight")
                    .replace(".lora_B.weight", ".lora_B.default.weight")
                    .replace(".ia3_l", ".ia3_l.default"));
  }

  private static NDArray decoded(T5Model model, Step step, SafetensorsFile expected)
      throws IOException {
    NDArray ids = Goldens.array(step.manager(), expected, "input_ids");
    NDArray mask = mask(step, expected);
    TextStates encoded = model.encode(ids, mask, FusionPass.IDENTITY, Mode.TRAINING);
    long[] labels = expected.longs("labels");
    int length = (int) expected.shape("labels").get(1);
    long[] shifted = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      shifted[i] = i % length == 0 ? 0 : Math.max(labels[i - 1], 0);
    }
    NDArray targets = step.manager().create(shifted, expected.shape("labels"));
    return model.decode(targets, encoded, FusionPass.IDENTITY, Mode.TRAINING);
  }

  private static NDArray mask(Step step, SafetensorsFile expected) throws IOException {
    return Goldens.array(step.manager(), expected, "attention_mask")
        .toType(DataType.FLOAT32, false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesWhatTheOriginalWrites(Path directory) throws IOException {
    T5Model model = tuned(directory, directory.resolve("adapter"));
    SafetensorsFile expected = Goldens.expected(directory);
    assertThat(greedy(model, expected)).isEqualTo(expected.longs("greedy"));
  }

  private long[] greedy(T5Model model, SafetensorsFile expected) throws IOException {
    int rows = (int) expected.shape("greedy").get(0);
    int length = (int) expected.shape("greedy").get(1);
    try (Step step = Step.inference(root);
        Generator generator = Generator.of(model)) {
      NDArray ids = Goldens.array(step.manager(), expected, "input_ids");
      TextStates encoded =
          model.encode(ids, mask(step, expected), FusionPass.IDENTITY, Mode.INFERENCE);
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
    tuned(directory, adapter);
    Tuning tuning = Adapter.read(adapter).tuning();
    if (tuning instanceof Prompt) {
      assertThatThrownBy(() -> MergedWeights.of(parameters, tuning))
          .hasMessageContaining("cannot be merged");
      return;
    }
    Map<String, NDArray> weights = MergedWeights.of(parameters, tuning);
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
    T5Model model = tuned(directory, directory.resolve("adapter"));
    Tuning tuning = Adapter.read(directory.resolve("adapter")).tuning();
    assertThat(expected.names().contains("logits_merged")).isEqualTo(!(tuning instanceof Prompt));
    if (tuning instanceof Prompt) {
      return; // cannot be merged
    }
    Checkpoint.save(folder, MergedWeights.of(parameters, tuning), model.config().toJson());
    try (Parameters plain = new Parameters(root, 0);
        Step step = Step.inference(root)) {
      Checkpoint.open(folder).into(plain);
      T5Model merged = T5Model.textOnly(model.config(), plain, ops, new Tuning.All());
      assertThat(plain.report().complete()).as(plain.report().toString()).isTrue();
      Goldens.assertClose(
          merged.logits(decoded(merged, step, expected), FusionPass.IDENTITY),
          expected,
          "logits_merged",
          VALUES);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsWrittenIsReadAgain(Path directory, @TempDir Path folder) throws IOException {
    Path given = directory.resolve("adapter");
    T5Model model = tuned(directory, given);
    Tuning tuning = Adapter.read(given).tuning();
    Adapter.write(
        folder,
        tuning,
        parameters.trainable(),
        List.copyOf(parameters.all().keySet()),
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
