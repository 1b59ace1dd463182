package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * How a parameter that no checkpoint holds begins.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Makes the array, fp32, in {@code manager}; randomness comes from the engine, which is seeded by
   * the caller.
   */
  NDArray create(NDManager manager, Shape shape);

  /** All zeros. */
  static Initializer zeros() {
    return (manager, shape) -> manager.zeros(shape, DataType.FLOAT32);
  }

  /** All ones. */
  static Initializer ones() {
    return constant(1);
  }

  /** All {@code value}. */
  static Initializer constant(double value) {
    return (manager, shape) -> manager.full(shape, (float) value, DataType.FLOAT32);
  }

  /** Normal around 0 with standard deviation {@code deviation}. */
  static Initializer normal(double deviation) {
    return (manager, shape) -> manager.randomNormal(0, (float) deviation, shape, DataType.FLOAT32);
  }

  /** Uniform in {@code [-bound, bound]}. */
  static Initializer uniform(double bound) {
    return (manager, shape) ->
        manager.randomUniform((float) -bound, (float) bound, shape, DataType.FLOAT32);
  }

  /** Torch's default for a linear layer and its bias: uniform within {@code 1 / sqrt(inputs)}. */
  static Initializer linear(long inputs) {
    return uniform(1 / Math.sqrt(inputs));
  }
}
