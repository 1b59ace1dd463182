package dev.fusebox.fusion.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;

/**
 * {@code x · weightᵀ + bias}, in torch's layout and with its default initialisation.
 *
 * @param weight (out, in)
 * @param bias (out)
 * @since 0.1
 */
public record Linear(NDArray weight, NDArray bias) {

  /** Declares {@code name.weight} and {@code name.bias}. */
  public static Linear declare(Parameters parameters, String name, long in, long out) {
    return new Linear(weight(parameters, name, in, out), bias(parameters, name, in, out));
  }

  /** Declares {@code name.weight} (out, in) alone: a linear map without a bias. */
  public static NDArray weight(Parameters parameters, String name, long in, long out) {
    return parameters.declare(name + ".weight", new Shape(out, in), Initializer.linear(in));
  }

  /** Declares {@code name.bias} (out) alone. */
  public static NDArray bias(Parameters parameters, String name, long in, long out) {
    return parameters.declare(name + ".bias", new Shape(out), Initializer.linear(in));
  }

  /** (…, in) to (…, out). */
  public NDArray apply(Ops ops, NDArray x) {
    return ops.linear(x, weight, bias);
  }
}
