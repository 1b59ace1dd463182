package dev.fusebox.t5.tune;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.t5.Adaptation;
import dev.fusebox.t5.Matrices;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The peft library's adapters on the same base: scores and gradients. */
class TuningGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;

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
  void scoresAndLearnsAsTheOriginal(Path directory) throws IOException {
    T5Model model = golden.tuned(directory, directory.resolve("adapter"));
    SafetensorsFile expected = Goldens.expected(directory);
    try (Step step = Step.training(golden.root())) {
      NDArray hidden = TunedGolden.decoded(model, step, expected);
      Goldens.assertClose(model.logits(hidden, FusionPass.IDENTITY), expected, "logits", VALUES);
      Goldens.assertClose(
          "loss",
          new float[] {loss(model, step, expected).value().getFloat()},
          expected.floats("loss"),
          VALUES);
    }
    Map<String, float[]> exact;
    try (Parameters doubles = new Parameters(golden.root(), 0)) {
      Path adapter = directory.resolve("adapter");
      exact =
          gradients(
              golden.tuned(directory, adapter, doubles, TuningGoldenTest::inDouble),
              expected,
              false);
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
    for (String name : golden.parameters().trainable().keySet()) {
      String stem = name.replaceAll("\\.(lora_[AB]\\.weight|ia3_l)$", "");
      NDArray base = golden.parameters().get(stem + ".weight");
      NDArray weight = step.manager().create(weights.get(stem + ".weight"), base.getShape());
      NDArray gradient =
          tuning instanceof Lora lora
              ? low(lora, stem, name, weight)
              : factors(golden.parameters().get(name), base, weight);
      gradients.put(name, gradient.toFloatArray());
    }
    return gradients;
  }

  /** Of all that learns in a model, by its name. */
  private Map<String, float[]> gradients(T5Model model, SafetensorsFile expected, boolean again)
      throws IOException {
    List<NDArray> learning = List.copyOf(model.parameters().trainable().values());
    List<String> names = List.copyOf(model.parameters().trainable().keySet());
    try (Step step =
        again ? Step.recomputing(golden.root(), learning, 1) : Step.training(golden.root())) {
      List<NDArray> found = golden.ops().gradients(loss(model, step, expected), learning);
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
    NDArray hidden = TunedGolden.decoded(model, step, expected);
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
    T5Model model = golden.tuned(directory, directory.resolve("adapter"));
    Tuning tuning = Adapter.read(directory.resolve("adapter")).tuning();
    if (tuning instanceof Prompt) {
      return; // no part of a weight
    }
    Set<String> added = golden.parameters().trainable().keySet();
    golden.parameters().train(name -> true);
    Map<String, float[]> found = gradients(model, Goldens.expected(directory), false);
    golden.parameters().train(added::contains);
    try (Step step = Step.inference(golden.root())) {
      ofAdded(tuning, beforeFactors(found, step), step)
          .forEach((name, wanted) -> Goldens.assertClose(name, found.get(name), wanted, GRADIENTS));
    }
  }

  /** Of {@code W ⊙ l} the gradient of the product, from that of W, which is l times as much. */
  private Map<String, float[]> beforeFactors(Map<String, float[]> found, Step step) {
    Map<String, float[]> products = new TreeMap<>(found);
    for (String name : golden.parameters().trainable().keySet()) {
      if (name.endsWith(".ia3_l")) {
        String weight = name.replace(".ia3_l", ".weight");
        NDArray gradient =
            step.manager().create(found.get(weight), golden.parameters().get(weight).getShape());
        products.put(weight, gradient.div(golden.parameters().get(name)).toFloatArray());
      }
    }
    return products;
  }

  private NDArray low(Lora lora, String stem, String name, NDArray weight) {
    NDArray scale = weight.getManager().create((float) lora.scale());
    return name.contains("lora_B")
        ? weight.matMul(golden.parameters().get(stem + ".lora_A.weight").transpose()).mul(scale)
        : golden.parameters().get(stem + ".lora_B.weight").transpose().matMul(weight).mul(scale);
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
}
