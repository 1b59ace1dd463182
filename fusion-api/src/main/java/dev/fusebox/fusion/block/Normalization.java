package dev.fusebox.fusion.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;

/**
 * The weights of a layer normalisation.
 *
 * @param weight (D)
 * @param bias (D)
 * @since 0.1
 */
public record Normalization(NDArray weight, NDArray bias) {

  /** Declares {@code name.weight}, ones, and {@code name.bias}, zeros. */
  public static Normalization declare(Parameters parameters, String name, long width) {
    return new Normalization(
        parameters.declare(name + ".weight", new Shape(width), Initializer.ones()),
        parameters.declare(name + ".bias", new Shape(width), Initializer.zeros()));
  }
}
