package dev.fusebox.vision.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.Pool;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The originals' numbers, from their own weights: transformers' ViT and CLIP, timm's ViT. */
final class TransformerGoldenTest {

  private static final double TOLERANCE = 1e-5;
  private static final String GRADIENT = "grad.";
  private static final Pattern KEY_BIAS = Pattern.compile("\\.(key|k_proj)\\.bias$");

  private static NDManager root;
  private static Ops ops;

  @BeforeAll
  static void open() {
    root = NDManager.newBaseManager(Device.cpu());
    ops = Ops.load(root, Precision.FLOAT32);
  }

  @AfterAll
  static void close() {
    root.close();
  }

  static List<Path> cases() {
    return Goldens.cases("vision", "expected.safetensors", "model.safetensors");
  }

  static List<Path> casesWithGradients() {
    return cases().stream().filter(TransformerGoldenTest::hasGradients).toList();
  }

  private static boolean hasGradients(Path directory) {
    try {
      return Goldens.expected(directory).names().contains("upstream");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static VisionBackbone backbone(Path directory, Readout readout) throws IOException {
    return VisionBackbones.of(TransformerGoldenTest.class.getClassLoader())
        .open(directory, readout, root, ops);
  }

  private static void assertReads(Path directory, Readout readout, String name) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    try (VisionBackbone backbone = backbone(directory, readout);
        Step step = Step.inference(root)) {
      NDArray pixels = Goldens.array(step.manager(), expected, "pixel_values");
      Goldens.assertClose(backbone.forward(pixels), expected, name, TOLERANCE);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsAsTheOriginal(Path directory) throws IOException {
    boolean timm = Goldens.expected(directory).names().contains("forward_features");
    assertReads(directory, Readout.last(), timm ? "forward_features" : "last_hidden_state");
  }

  @ParameterizedTest
  @MethodSource("casesWithGradients")
  void readsInnerLayersAsTheOriginal(Path directory) throws IOException {
    assertReads(directory, Readout.last().ofLayer(-2), "second_to_last");
    assertReads(directory, Readout.last().ofLayer(2), "second_to_last");
  }

  @ParameterizedTest
  @MethodSource("casesWithGradients")
  void learnsAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    try (VisionBackbone backbone = backbone(directory, Readout.last());
        Step step = Step.training(root)) {
      Parameters parameters = backbone.parameters().orElseThrow();
      parameters.train(name -> true);
      NDArray pixels = Goldens.array(step.manager(), expected, "pixel_values");
      pixels.setRequiresGradient(true);
      NDArray features = backbone.forward(pixels);
      step.backward(features.mul(Goldens.array(step.manager(), expected, "upstream")).sum());
      Map<String, float[]> found = new TreeMap<>();
      parameters.all().forEach((name, array) -> found.put(GRADIENT + name, gradient(array)));
      assertGradients(found, expected);
      Goldens.assertClose(pixels.getGradient(), expected, "grad_input.pixel_values", TOLERANCE);
    }
  }

  /** What learns is a matter of names: those of a layer, and of what stands behind the last one. */
  @ParameterizedTest
  @MethodSource("casesWithGradients")
  void itsLastLayerLearnsAloneAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    try (VisionBackbone backbone = backbone(directory, Readout.last());
        Step step = Step.training(root)) {
      List<List<String>> layers = backbone.layers();
      List<String> last = layers.get(layers.size() - 1);
      Parameters parameters = backbone.parameters().orElseThrow();
      parameters.train(last::contains);
      NDArray pixels = Goldens.array(step.manager(), expected, "pixel_values");
      NDArray features = backbone.forward(pixels);
      step.backward(features.mul(Goldens.array(step.manager(), expected, "upstream")).sum());
      assertThat(parameters.trainable().keySet()).hasSameElementsAs(last);
      for (String name : last) {
        if (!KEY_BIAS.matcher(name).find()) {
          Goldens.assertClose(
              name, gradient(parameters.get(name)), expected.floats(GRADIENT + name), TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithGradients")
  void itsLayersHoldEveryNumberThatTheFeaturesDependOn(Path directory) throws IOException {
    try (VisionBackbone whole = backbone(directory, Readout.last());
        VisionBackbone inner = backbone(directory, Readout.last().ofLayer(1))) {
      List<String> all = whole.layers().stream().flatMap(List::stream).toList();
      List<String> reached = inner.layers().stream().flatMap(List::stream).toList();
      assertThat(inner.layers()).hasSize(2);
      assertThat(whole.layers().subList(0, 2)).isEqualTo(inner.layers());
      assertThat(learning(inner)).hasSameElementsAs(reached);
      assertThat(learning(whole)).hasSameElementsAs(all);
    }
  }

  /** The parameters that a gradient reaches. */
  private static List<String> learning(VisionBackbone backbone) {
    Parameters parameters = backbone.parameters().orElseThrow();
    try (Step step = Step.training(root)) {
      parameters.train(name -> true);
      NDArray pixels = step.manager().randomNormal(new Shape(1, 3, 32, 32));
      NDArray features = backbone.forward(pixels);
      List<String> names = List.copyOf(parameters.all().keySet());
      List<NDArray> found =
          ops.gradients(
              features.mul(step.manager().randomNormal(features.getShape())).sum(),
              List.copyOf(parameters.all().values()));
      return names.stream().filter(name -> found.get(names.indexOf(name)).size() > 0).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithGradients")
  void itsConfigAloneTellsWhatItGives(Path directory) throws IOException {
    for (Readout readout : List.of(Readout.last(), Readout.last().pooled(Pool.MEAN))) {
      try (VisionBackbone backbone = backbone(directory, readout);
          Step step = Step.inference(root)) {
        Shape features =
            backbone.forward(step.manager().randomNormal(new Shape(1, 3, 32, 32))).getShape();
        BackboneOutline outline =
            VisionBackbones.of(TransformerGoldenTest.class.getClassLoader())
                .outline(directory, readout)
                .orElseThrow();
        assertThat(features).isEqualTo(new Shape(1, outline.patches(), outline.width()));
        assertThat(outline.layers()).isEqualTo(backbone.layers().size() - 1);
        Parameters parameters = backbone.parameters().orElseThrow();
        assertThat(outline.size().weights())
            .isCloseTo(Parameters.count(parameters.all().values()), withPercentage(2));
        assertThat(outline.size().weightsOfLayer())
            .isCloseTo(
                Parameters.count(backbone.layers().get(1).stream().map(parameters::get).toList()),
                withPercentage(2));
      }
    }
  }

  private static float[] gradient(NDArray parameter) {
    return parameter.getGradient().toFloatArray();
  }

  private static void assertGradients(Map<String, float[]> found, SafetensorsFile expected)
      throws IOException {
    List<String> names =
        expected.names().stream().filter(name -> name.startsWith(GRADIENT)).toList();
    assertThat(names).hasSizeGreaterThan(50);
    for (String name : names) {
      if (KEY_BIAS.matcher(name).find()) {
        // Softmax does not mind what is added to all keys: the gradient is 0 but for rounding.
        double whole = norm(expected.floats(name.replaceFirst("bias$", "weight")));
        assertThat(norm(found.get(name))).as(name).isLessThan(TOLERANCE * whole);
      } else {
        Goldens.assertClose(name, found.get(name), expected.floats(name), TOLERANCE);
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
}
