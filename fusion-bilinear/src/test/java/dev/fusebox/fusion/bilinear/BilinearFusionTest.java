package dev.fusebox.fusion.bilinear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.bilinear.BilinearFusionConfig.Form;
import dev.fusebox.fusion.bilinear.BilinearFusionConfig.Picture;
import dev.fusebox.fusion.testkit.Exact;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedInputs;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusionContract;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.tensor.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BilinearFusionTest extends FusionContract<BilinearFusionConfig> {

  private static final double CLOSE = 2e-6;
  private static final double STEP = 1e-4;
  private static final double SLOPE = 2e-3;

  @Override
  protected FusionProvider<BilinearFusionConfig> provider() {
    return new BilinearFusionProvider();
  }

  /**
   * Without the signed root, which is too steep around 0 for the steps and the bfloat16 of the
   * contract; its slopes are checked below.
   */
  @Override
  protected List<BilinearFusionConfig> configs() {
    return List.of(
        new BilinearFusionConfig(Form.MUTAN, 10, 3, 7, false, Picture.ATTENDED, 2, false),
        new BilinearFusionConfig(Form.MFB, 0, 2, 0, false, Picture.POOLED, 1, true));
  }

  /** The settings of the contract, and the rest of what can be combined. */
  static Stream<BilinearFusionConfig> forms() {
    return Stream.of(Form.values())
        .flatMap(
            form ->
                Stream.of(Picture.values())
                    .flatMap(
                        picture ->
                            Stream.of(false, true)
                                .map(
                                    root ->
                                        new BilinearFusionConfig(
                                            form, 9, 0, 0, root, picture, 4, false))));
  }

  @Override
  protected boolean beginsAsTextModel(BilinearFusionConfig config) {
    return true;
  }

  @Override
  protected boolean readsAloneWithoutPicture(BilinearFusionConfig config) {
    return true;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void gradientsAreTheSameWhereSubLayersAreComputedAgain(BilinearFusionConfig config) {
    assertTheSameComputedAgain(config);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void dropsOutInTrainingOnly(BilinearFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      TextStates text = text(fused, input);
      float[] read = fused(fused, input, text, Mode.INFERENCE);
      assertThat(fused(fused, input, text, Mode.INFERENCE)).isEqualTo(read);
      assertThat(fused(fused, input, text, Mode.TRAINING)).isNotEqualTo(read);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isTheFormulaInDoublePrecision(BilinearFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      TextStates text = text(fused, input);
      NDArray found = fused.model().see(input.vision(), Mode.INFERENCE).afterEncoder(text).hidden();
      for (int row = 0; row < FusedInputs.ROWS; row++) {
        double[][] expected = formula(config, fused, text.hidden().get(row), input.vision(), row);
        Goldens.assertClose(
            "row " + row, found.get(row).toFloatArray(), Exact.floats(expected), CLOSE);
      }
    }
  }

  /** Gradients of the sum of what is made, squared, against slopes of the formula. */
  @ParameterizedTest
  @MethodSource("forms")
  void gradientsAreSlopesOfTheFormula(BilinearFusionConfig config) {
    try (FusedModel fused = trained(config)) {
      Map<String, float[]> gradients = gradients(fused);
      assertThat(gradients).isNotEmpty();
      gradients.forEach(
          (name, gradient) -> {
            double length = Math.sqrt(Exact.dot(doubles(gradient), doubles(gradient)));
            double slope = slope(config, fused, name, gradient, STEP / length);
            if (name.equals("bilinear.key.bias")) { // moves all scores of a query alike
              assertThat(length).as(name).isLessThan(1e-5);
            } else {
              assertThat(slope).as(name).isCloseTo(length, within(SLOPE * length));
            }
          });
    }
  }

  private static Map<String, float[]> gradients(FusedModel fused) {
    try (Step step = Step.training(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      TextStates text = new TextStates(states(step.manager()), input.mask());
      NDArray made = fused.model().see(input.vision(), Mode.INFERENCE).afterEncoder(text).hidden();
      step.backward(made.mul(made).sum());
      Map<String, float[]> result = new TreeMap<>();
      fused
          .parameters()
          .trainable()
          .forEach(
              (name, array) -> {
                if (name.startsWith("bilinear.")) {
                  result.put(name, array.getGradient().toFloatArray());
                }
              });
      return result;
    }
  }

  /** Along the gradient: by how much the sum rises for a step of length 1. */
  private static double slope(
      BilinearFusionConfig config, FusedModel fused, String name, float[] gradient, double size) {
    NDArray array = fused.parameters().get(name);
    float[] before = array.toFloatArray();
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = new float[before.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = (float) (before[i] + (2 * side - 1) * size * gradient[i]);
      }
      array.set(moved);
      values[side] = sumOfSquares(config, fused);
    }
    array.set(before);
    return (values[1] - values[0]) / (2 * STEP);
  }

  private static double sumOfSquares(BilinearFusionConfig config, FusedModel fused) {
    try (Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      NDArray states = states(step.manager());
      double sum = 0;
      for (int row = 0; row < FusedInputs.ROWS; row++) {
        for (double[] each : formula(config, fused, states.get(row), input.vision(), row)) {
          sum += Exact.dot(each, each);
        }
      }
      return sum;
    }
  }

  private static double[] doubles(float[] numbers) {
    double[] result = new double[numbers.length];
    Arrays.setAll(result, i -> numbers[i]);
    return result;
  }

  /** Text states that depend on no parameter. */
  private static NDArray states(NDManager manager) {
    float[] numbers = new float[FusedInputs.ROWS * 7 * 16];
    Random random = new Random(3);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return manager.create(numbers, new Shape(FusedInputs.ROWS, 7, 16));
  }

  private static double[][] formula(
      BilinearFusionConfig config,
      FusedModel fused,
      NDArray states,
      VisionFeatures vision,
      int row) {
    double[][] hidden = Exact.matrix(states);
    double[][] patches = Exact.matrix(vision.features().get(row));
    double[] counts = Exact.vector(vision.mask().get(row));
    if (Arrays.stream(counts).sum() == 0) {
      return hidden;
    }
    double[][] seen;
    if (config.picture() == Picture.ATTENDED) {
      double[][] query = linear(fused, "query", hidden);
      double[][] key = linear(fused, "key", patches);
      seen = Exact.attention(query, key, linear(fused, "value", patches), counts, config.heads());
    } else {
      seen = new double[hidden.length][];
      Arrays.fill(seen, Exact.mean(patches, counts));
    }
    double[][] a = hidden;
    double[][] b = seen;
    if (config.form() == Form.MUTAN) {
      a = Exact.map(linear(fused, "text_inner", a), Math::tanh);
      b = Exact.map(linear(fused, "picture_inner", b), Math::tanh);
    }
    a = linear(fused, "text_factors", a);
    b = linear(fused, "picture_factors", b);
    if (config.form() == Form.MLB) {
      a = Exact.map(a, Math::tanh);
      b = Exact.map(b, Math::tanh);
    }
    int products = config.form() == Form.MLB ? 1 : 5;
    double[][] sums = new double[hidden.length][9];
    for (int i = 0; i < sums.length; i++) {
      for (int j = 0; j < 9 * products; j++) {
        sums[i][j / products] += a[i][j] * b[i][j];
      }
    }
    if (config.signedRoot()) {
      sums = Exact.map(sums, z -> z / Math.sqrt(Math.abs(z) + 1e-6));
      for (double[] z : sums) {
        double length = Math.sqrt(Exact.dot(z, z));
        Arrays.setAll(z, j -> z[j] / length);
      }
    }
    return Exact.plus(hidden, linear(fused, "output", sums));
  }

  private static double[][] linear(FusedModel fused, String name, double[][] x) {
    NDArray weight = fused.parameters().get("bilinear." + name + ".weight");
    NDArray bias = fused.parameters().get("bilinear." + name + ".bias");
    return Exact.linear(x, Exact.matrix(weight), Exact.vector(bias));
  }

  private FusedModel trained(BilinearFusionConfig config) {
    FusedModel fused =
        TinyFusedModel.build(7, weights -> {}, context -> provider().create(config, context));
    TinyFusedModel.move(fused.parameters());
    return fused;
  }

  /** The embedded questions. */
  private static TextStates text(FusedModel fused, FusedInput input) {
    NDArray table = fused.parameters().get("shared.weight");
    return new TextStates(fused.model().ops().embedding(input.ids(), table), input.mask());
  }

  private static float[] fused(FusedModel fused, FusedInput input, TextStates text, Mode mode) {
    return fused.model().see(input.vision(), mode).afterEncoder(text).hidden().toFloatArray();
  }
}
