package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;

/**
 * A weight matrix of the model. Training and writing both ask it for its numbers, each time they
 * use it, so one that is more than a parameter, such as a low-rank sum (Hu et al. 2021, arXiv
 * 2106.09685), can take the place of any.
 */
@FunctionalInterface
public interface Matrix {

  /** The numbers (out, in); with a graph to what learns where one is recorded. */
  NDArray weight();
}
