package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;

/**
 * A weight matrix of the model. Training and writing both ask it for what they need, each time they
 * use it, so one that is more than a parameter, such as a low-rank sum (Hu et al. 2021, arXiv
 * 2106.09685), can take the place of any.
 */
@FunctionalInterface
public interface Matrix {

  /** The numbers (out, in) as one fp32 array; with a graph to what learns where one is recorded. */
  NDArray weight();

  /** Whether {@link #weight} is a parameter, which outlives whoever asks for it. */
  default boolean isParameter() {
    return false;
  }

  /**
   * What stands for it in a sub-layer: a {@code Matrix} as {@link Matrices#script} defines it, for
   * kinds whose product is cheaper or finer than that with {@link #weight}.
   */
  default Object operand(Mode mode) {
    return weight();
  }
}
