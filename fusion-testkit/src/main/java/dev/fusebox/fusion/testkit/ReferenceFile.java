package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.tensor.Parameters;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Outputs and gradients of a reference implementation, {@code grad.NAME} for the parameter of that
 * name, with the tolerances.
 *
 * @param ours maps the reference's parameter names to ours
 */
record ReferenceFile(SafetensorsFile file, UnaryOperator<String> ours) {

  /** Relative tolerances in norm: of values, and of gradients. */
  static final double VALUES = 1e-5;

  static final double GRADIENTS = 5e-5;

  private static final String PARAMETER = "param.";
  private static final String GRADIENT = "grad.";
  private static final String INPUT_GRADIENT = "grad_input.";
  private static final String KEY_BIAS = "key.bias";

  /** The names behind a prefix. */
  private List<String> names(String prefix) {
    return file.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  /** Loads {@code param.NAME}. */
  void loadInto(Parameters parameters) throws IOException {
    for (String name : names(PARAMETER)) {
      float[] numbers = file.floats(PARAMETER + name);
      parameters.load(
          ours.apply(name), file.shape(PARAMETER + name), (rows, into) -> into.put(numbers));
    }
  }

  NDArray array(NDManager manager, String name) throws IOException {
    return Goldens.array(manager, file, name);
  }

  /** Booleans as 1 and 0. */
  NDArray mask(NDManager manager, String name) throws IOException {
    return array(manager, name).toType(DataType.FLOAT32, false);
  }

  void assertValue(NDArray found, String name) throws IOException {
    Goldens.assertClose(found, file, name, VALUES);
  }

  /** The gradient of an input: {@code grad_input.NAME}. */
  void assertInputGradient(NDArray input, String name) throws IOException {
    Goldens.assertClose(input.getGradient(), file, INPUT_GRADIENT + name, GRADIENTS);
  }

  /**
   * The gradient of every trainable parameter must be the reference's, or 0 if the reference has
   * none. Gradients that only the reference has must be 0 too.
   */
  void assertGradients(Parameters parameters) throws IOException {
    List<String> known = names(GRADIENT).stream().map(ours).toList();
    for (String name : names(GRADIENT)) {
      if (parameters.all().containsKey(ours.apply(name))) {
        assertGradient(name, parameters.get(ours.apply(name)).getGradient());
      } else {
        assertThat(file.floats(GRADIENT + name)).as("gradient of " + name).containsOnly(0);
      }
    }
    assertThat(known).as("gradients of the original").isNotEmpty();
    for (String name : parameters.trainable().keySet()) {
      if (!known.contains(name)) {
        assertThat(parameters.get(name).getGradient().toFloatArray())
            .as("gradient of %s, which the original does not have", name)
            .containsOnly(0);
      }
    }
  }

  /**
   * A key bias shifts all scores of a query equally: anything but 0 in its gradient is rounding.
   */
  private void assertGradient(String name, NDArray gradient) throws IOException {
    if (!name.endsWith(KEY_BIAS)) {
      Goldens.assertClose(gradient, file, GRADIENT + name, GRADIENTS);
      return;
    }
    float[] weight = file.floats(GRADIENT + name.replace(KEY_BIAS, "key.weight"));
    assertThat(norm(gradient.toFloatArray()))
        .as("gradient of " + name)
        .isLessThanOrEqualTo(GRADIENTS * norm(weight));
  }

  private static double norm(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return Math.sqrt(sum);
  }
}
