package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;
import dev.fusebox.tensor.Step;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gradients of a model's loss on the questions of {@link FusedInputs}. */
final class Gradients {

  private static final double RISE = 5e-3; // of the loss; its rounding is about 1e-6
  private static final double LONGEST_STEP = 1e-2;
  private static final double SLOPE = 2e-2;
  private static final double FALL = 0.1; // beyond the rounding of bfloat16
  private static final int BUFFERS = 2_000;

  private Gradients() {}

  /** The gradient of every trainable parameter, dropout off. */
  static Map<String, float[]> of(FusedModel fused, Runnable betweenForwardAndBackward) {
    try (Step step = Step.training(fused.root())) {
      NDArray loss = loss(fused, step);
      betweenForwardAndBackward.run();
      step.backward(loss);
      Map<String, float[]> result = new LinkedHashMap<>();
      fused
          .parameters()
          .trainable()
          .forEach((name, array) -> result.put(name, array.getGradient().toFloatArray()));
      fused.parameters().zeroGradients();
      return result;
    }
  }

  /** The same with gradient checkpointing. */
  static Map<String, float[]> computedAgain(FusedModel fused) {
    Map<String, NDArray> learning = fused.parameters().trainable();
    List<NDArray> arrays = List.copyOf(learning.values());
    try (Step step = Step.recomputing(fused.root(), arrays, 0)) {
      List<NDArray> found = fused.model().ops().gradients(loss(fused, step), arrays);
      Map<String, float[]> result = new LinkedHashMap<>();
      for (String name : learning.keySet()) {
        result.put(name, found.get(result.size()).toFloatArray());
      }
      return result;
    }
  }

  /** All values, in the order of the names. */
  static float[] joined(Map<String, float[]> gradients) {
    int size = gradients.values().stream().mapToInt(gradient -> gradient.length).sum();
    FloatBuffer all = FloatBuffer.allocate(size);
    new TreeMap<>(gradients).values().forEach(all::put);
    return all.array();
  }

  static double loss(FusedModel fused) {
    try (Step step = Step.inference(fused.root())) {
      return loss(fused, step).getFloat();
    }
  }

  /** A gradient step, so large that the loss should fall by {@link #FALL}. */
  static void stepAlong(FusedModel fused, Map<String, float[]> gradients) {
    double norm = norm(joined(gradients));
    gradients.forEach(
        (name, gradient) -> {
          NDArray array = fused.parameters().get(name);
          FloatBuffer after = FloatBuffer.wrap(array.toFloatArray());
          for (int i = 0; i < gradient.length; i++) {
            after.put(i, (float) (after.get(i) - FALL / (norm * norm) * gradient[i]));
          }
          array.set(after);
        });
  }

  private static NDArray loss(FusedModel fused, Step step) {
    FusedInput input = FusedInputs.create(step.manager());
    FusedOutput output = fused.run(input, Mode.INFERENCE);
    NDArray loss = fused.loss(output.logits(), input.targets().toLongArray());
    for (NDArray more : output.pass().auxiliaryLosses().values()) {
      loss = loss.add(more);
    }
    return loss;
  }

  static void assertSomewhereNotZero(String name, float[] gradient) {
    assertThat(norm(gradient)).as("size of the gradient of " + name).isPositive().isFinite();
  }

  /** Along the gradient the slope of the loss must equal the gradient's norm. */
  static void assertIsSlope(FusedModel fused, String name, float[] gradient) {
    double norm = norm(gradient);
    NDArray array = fused.parameters().get(name);
    double size = Math.min(LONGEST_STEP, RISE / norm);
    float[] direction = new float[gradient.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = norm == 0 ? 0 : (float) (gradient[i] / norm);
    }
    double slope =
        (shifted(fused, array, direction, size) - shifted(fused, array, direction, -size))
            / (2 * size);
    assertThat(slope)
        .as("slope along the gradient of " + name)
        .isCloseTo(norm, within(SLOPE * norm + 2e-4));
  }

  /** The same along the gradients of several parameters at once. */
  static void assertAreSlope(FusedModel fused, String what, Map<String, float[]> gradients) {
    double norm = norm(joined(gradients));
    assertThat(norm).as("size of the gradient of " + what).isPositive().isFinite();
    double size = Math.min(LONGEST_STEP, RISE / norm);
    double slope =
        (shifted(fused, gradients, size / norm) - shifted(fused, gradients, -size / norm))
            / (2 * size);
    assertThat(slope)
        .as("slope along the gradient of " + what)
        .isCloseTo(norm, within(SLOPE * norm + 2e-4));
  }

  private static double shifted(FusedModel fused, Map<String, float[]> directions, double by) {
    Map<String, float[]> before = new LinkedHashMap<>();
    directions.forEach(
        (name, direction) -> {
          NDArray array = fused.parameters().get(name);
          before.put(name, array.toFloatArray());
          FloatBuffer after = FloatBuffer.allocate(direction.length);
          for (int i = 0; i < direction.length; i++) {
            after.put((float) (before.get(name)[i] + by * direction[i]));
          }
          array.set(after.flip());
        });
    double loss = loss(fused);
    before.forEach((name, values) -> fused.parameters().get(name).set(FloatBuffer.wrap(values)));
    return loss;
  }

  private static double shifted(FusedModel fused, NDArray array, float[] direction, double by) {
    try (Step step = Step.inference(fused.root())) {
      float[] before = array.toFloatArray();
      FloatBuffer after = FloatBuffer.allocate(before.length);
      for (int i = 0; i < before.length; i++) {
        after.put((float) (before[i] + by * direction[i]));
      }
      array.set(after.flip());
      double loss = loss(fused, step).getFloat();
      array.set(FloatBuffer.wrap(before));
      return loss;
    }
  }

  private static double norm(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return Math.sqrt(sum);
  }

  /** Asserts {@code ‖found − expected‖ ≤ tolerance · ‖expected‖}. */
  static void assertClose(String what, float[] found, float[] expected, double tolerance) {
    assertThat(found).as("count of " + what).hasSameSizeAs(expected);
    float[] difference = new float[found.length];
    for (int i = 0; i < found.length; i++) {
      difference[i] = found[i] - expected[i];
    }
    assertThat(norm(difference))
        .as("difference of " + what)
        .isLessThanOrEqualTo(tolerance * norm(expected));
  }

  static void assertClose(String what, double found, double expected, double tolerance) {
    assertThat(found).as(what).isCloseTo(expected, within(tolerance * Math.abs(expected)));
  }

  /** Collects garbage and lets new buffers reuse the freed memory. */
  static void churn() {
    System.gc();
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < BUFFERS; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(16);
      buffer.putLong(0, -1).putLong(8, -1);
      buffers.add(buffer);
    }
    assertThat(buffers).hasSize(BUFFERS);
  }
}
