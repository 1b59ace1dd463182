package dev.fusebox.t5.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.Matrices;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.TinyT5;
import dev.fusebox.t5.generate.Generated;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.tensor.TorchScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A base that is held in bfloat16 is the base that is rounded to bfloat16, and takes half the
 * memory.
 */
class BrainFloatBaseTest {

  private static final String MATRICES =
      "(shared|lm_head)\\.weight|.*\\.(q|k|v|o|wi|wi_0|wi_1|wo)\\.weight";

  /** Everything that a run of a model gives. */
  @SuppressWarnings("ArrayRecordComponent") // compared number by number
  private record Found(float[] logits, List<float[]> gradients, List<int[]> written) {}

  @TempDir Path folder;

  /** From a file of fp32, which is rounded, and from one of bfloat16, which goes over as it is. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void isTheRoundedBase(ElementType stored) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Path rounded = folder.resolve("rounded.safetensors");
    try (TinyT5 tiny = new TinyT5()) {
      SafetensorsWriter writer = new SafetensorsWriter();
      SafetensorsWriter other = new SafetensorsWriter();
      tiny.parameters()
          .all()
          .forEach(
              (name, array) -> {
                boolean matrix = name.matches(MATRICES);
                writer.add(name, array, matrix ? stored : ElementType.F32);
                other.add(name, array, matrix ? ElementType.BF16 : ElementType.F32);
              });
      writer.write(file);
      other.write(rounded);
    }
    for (Tuning tuning :
        List.of(
            new Lora(2, 4, false, 0, List.of("q", "wo")),
            new Ia3(List.of("k", "wo"), List.of("wo")),
            new Prompt(3))) {
      Found held =
          run(
              file,
              tuning,
              (parameters, ops) ->
                  parameters.holdAsBrainFloats(name -> name.matches(MATRICES), ops));
      assertSame(tuning, held, run(rounded, tuning, (parameters, ops) -> {}));
    }
  }

  private static void assertSame(Tuning tuning, Found held, Found plain) {
    Goldens.assertClose("logits of " + tuning, held.logits(), plain.logits(), 1e-6);
    assertThat(held.gradients()).isNotEmpty();
    for (int i = 0; i < plain.gradients().size(); i++) {
      Goldens.assertClose(
          "gradient " + i + " of " + tuning,
          held.gradients().get(i),
          plain.gradients().get(i),
          1e-5);
    }
    assertThat(held.written()).usingRecursiveComparison().isEqualTo(plain.written());
  }

  private static final String BLOCKS = ".*\\.(q|k|v|o|wi|wi_0|wi_1|wo)\\.weight";

  /** Bytes are whole multiples of a unit per row; the reference is rounded here, in plain Java. */
  @Test
  void inBytesIsTheRoundedBase() throws IOException {
    Path file = folder.resolve("model.safetensors");
    Path rounded = folder.resolve("rounded.safetensors");
    try (TinyT5 tiny = new TinyT5()) {
      new SafetensorsWriter().addAll(tiny.parameters().all(), ElementType.F32).write(file);
      tiny.parameters()
          .all()
          .forEach(
              (name, array) -> {
                if (name.matches(BLOCKS)) {
                  round(array);
                }
              });
      new SafetensorsWriter().addAll(tiny.parameters().all(), ElementType.F32).write(rounded);
    }
    for (Tuning tuning :
        List.of(
            new Lora(2, 4, false, 0, List.of("q", "wo")),
            new Ia3(List.of("k", "wo"), List.of("wo")),
            new Prompt(3),
            new Lora(2, 4, false, 0, List.of("wi_0")))) {
      Found held =
          run(
              file,
              tuning,
              (parameters, ops) -> parameters.holdAsRowBytes(name -> name.matches(BLOCKS), ops));
      assertSame(tuning, held, run(rounded, tuning, (parameters, ops) -> {}));
    }
  }

  private static void round(NDArray matrix) {
    float[] numbers = matrix.toFloatArray();
    int width = (int) matrix.getShape().get(1);
    for (int row = 0; row < numbers.length; row += width) {
      float largest = 0;
      for (int i = row; i < row + width; i++) {
        largest = Math.max(largest, Math.abs(numbers[i]));
      }
      float unit = largest / 127;
      for (int i = row; i < row + width; i++) {
        numbers[i] = (float) Math.rint(numbers[i] / unit) * unit;
      }
    }
    matrix.toByteBuffer(true).asFloatBuffer().put(numbers);
  }

  /** Against the same in double precision: the product, and its gradient for what goes in. */
  @Test
  void theProductWithBytesHasTheGradientOfItsRoundedMatrix() throws IOException {
    Path file = folder.resolve("matrix.safetensors");
    int in = 24;
    int out = 16;
    Random random = new Random(4);
    float[] weights = floats(random, out * in);
    Arrays.fill(weights, 3 * in, 4 * in, 0f); // a row of zeros
    weights[5 * in] = 1e-30f; // one with a tiny unit, rounded to nothing but for itself
    float[] x = floats(random, 5 * in);
    float[] head = floats(random, 5 * out);
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 5)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      new SafetensorsWriter()
          .add("w.weight", root.create(weights, new Shape(out, in)), ElementType.F32)
          .write(file);
      parameters.holdAsRowBytes(name -> true, ops);
      Checkpoint.open(file).into(parameters);
      Matrix matrix =
          Matrices.PLAIN.declare(parameters, "w.weight", new Shape(out, in), Initializer.zeros());
      assertThat(parameters.report().complete()).isTrue();
      TorchScript script = TorchScript.compile(root, Matrices.PLAIN.script());
      try (Step step = Step.training(root)) {
        NDArray input = step.manager().create(x, new Shape(5, in));
        input.setRequiresGradient(true);
        NDArray y = script.call("product", input, matrix.operand(Mode.TRAINING));
        NDArray loss = y.mul(step.manager().create(head, new Shape(5, out))).sum();
        float[] gradient = ops.gradients(loss, List.of(input)).get(0).toFloatArray();
        NDArray held = matrix.weight();
        float[] rounded = held.toFloatArray();
        for (int row = 0; row < out; row++) {
          double largest = 0;
          for (int i = 0; i < in; i++) {
            largest = Math.max(largest, Math.abs(weights[row * in + i]));
          }
          for (int i = 0; i < in; i++) {
            assertThat((double) rounded[row * in + i])
                .isCloseTo(weights[row * in + i], within(largest / 127 / 2 * 1.001));
          }
        }
        for (int b = 0; b < 5; b++) {
          for (int i = 0; i < in; i++) {
            double expected = 0;
            for (int o = 0; o < out; o++) {
              expected += (double) head[b * out + o] * rounded[o * in + i];
            }
            assertThat((double) gradient[b * in + i]).isCloseTo(expected, within(1e-5));
          }
          for (int o = 0; o < out; o++) {
            double expected = 0;
            for (int i = 0; i < in; i++) {
              expected += (double) x[b * in + i] * rounded[o * in + i];
            }
            assertThat((double) y.getFloat(b, o)).isCloseTo(expected, within(1e-5));
          }
        }
      }
    }
  }

  private static float[] floats(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static Found run(Path weights, Tuning tuning, BiConsumer<Parameters, Ops> hold)
      throws IOException {
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 5)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      hold.accept(parameters, ops);
      Checkpoint.open(weights).into(parameters);
      T5Model model = T5Model.textOnly(TinyT5.CONFIG, parameters, ops, tuning);
      stir(parameters);
      List<NDArray> learning = List.copyOf(parameters.trainable().values());
      int before = parameters.manager().getManagedArrays().size();
      Found found;
      try (Step step = Step.training(root)) {
        NDArray ids = ids(step, 3, 9, 1);
        NDArray mask = step.manager().ones(ids.getShape(), DataType.FLOAT32);
        TextStates encoded = model.encode(ids, mask, FusionPass.IDENTITY, Mode.TRAINING);
        NDArray targets = ids(step, 3, 4, 2);
        NDArray hidden = model.decode(targets, encoded, FusionPass.IDENTITY, Mode.TRAINING);
        float[] logits = model.logits(hidden, FusionPass.IDENTITY).toFloatArray();
        List<float[]> gradients =
            ops
                .gradients(model.loss(hidden, targets, FusionPass.IDENTITY, 0, 12), learning)
                .stream()
                .map(NDArray::toFloatArray)
                .toList();
        found = new Found(logits, gradients, written(model, root));
      }
      assertThat(parameters.manager().getManagedArrays()).hasSize(before);
      return found;
    }
  }

  private static List<int[]> written(T5Model model, NDManager root) {
    try (Step step = Step.inference(root);
        Generator generator = Generator.of(model)) {
      NDArray ids = ids(step, 3, 9, 1);
      NDArray mask = step.manager().ones(ids.getShape(), DataType.FLOAT32);
      TextStates encoded = model.encode(ids, mask, FusionPass.IDENTITY, Mode.INFERENCE);
      return generator.generate(encoded, FusionPass.IDENTITY, GenerationConfig.greedy(8)).stream()
          .map(List::iterator)
          .map(beams -> beams.next())
          .map(Generated::toArray)
          .toList();
    }
  }

  /** What is added begins without effect: other numbers give it one. */
  private static void stir(Parameters parameters) {
    Random random = new Random(3);
    parameters
        .trainable()
        .values()
        .forEach(
            array -> {
              float[] numbers = new float[(int) array.size()];
              IntStream.range(0, numbers.length)
                  .forEach(i -> numbers[i] = (float) random.nextGaussian() * 0.3f + 0.5f);
              array.toByteBuffer(true).asFloatBuffer().put(numbers);
            });
  }

  private static NDArray ids(Step step, int rows, int length, long seed) {
    long[] ids =
        new Random(seed).longs((long) rows * length, 3, TinyT5.CONFIG.vocabulary()).toArray();
    return step.manager().create(ids, new ai.djl.ndarray.types.Shape(rows, length));
  }

  @Test
  void takesHalfTheMemory() throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (TinyT5 tiny = new TinyT5();
        NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 5)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      new SafetensorsWriter().addAll(tiny.parameters().all(), ElementType.BF16).write(file);
      parameters.holdAsBrainFloats(name -> name.matches(MATRICES), ops);
      Checkpoint.open(file).into(parameters);
      T5Model model = T5Model.textOnly(TinyT5.CONFIG, parameters, ops, new Tuning.None());
      model
          .parameters()
          .all()
          .forEach(
              (name, array) ->
                  assertThat((long) array.toByteBuffer(true).capacity())
                      .as(name)
                      .isEqualTo(array.size() * (name.matches(MATRICES) ? 2 : 4)));
      assertThat(parameters.trainable()).isEmpty();
    }
  }
}
