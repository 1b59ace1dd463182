package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;

/**
 * From pixels to places.
 *
 * @param weight (D, 3, S, S) for patches of S × S pixels
 * @param bias (D)
 * @param classToken D numbers
 * @param positions (1 + P) × D numbers
 */
record PatchEmbedding(NDArray weight, NDArray bias, NDArray classToken, NDArray positions) {

  /** Declares {@code name}, the weight of the patches. */
  static NDArray weight(Parameters parameters, String name, TransformerShape shape) {
    return parameter(parameters, name, new Shape(shape.width(), 3, shape.patch(), shape.patch()));
  }

  /** Declares any other part; a checkpoint holds all of them, so that none begins at random. */
  static NDArray parameter(Parameters parameters, String name, Shape shape) {
    return parameters.declare(name, shape, Initializer.zeros());
  }

  /** What stands for a bias that the model does not have: zeros (D) that never learn. */
  static NDArray none(Parameters parameters, long width) {
    return Initializer.zeros().create(parameters.manager(), new Shape(width));
  }
}
