package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Chooses the next token of each row. */
@FunctionalInterface
interface Choice {

  /**
   * Chooses.
   *
   * @param logits (R, V)
   * @param banned int64: places in the flattened logits that may not be chosen
   * @param sentences which sentence each row belongs to
   * @return float64 (2, R): tokens, and the log of the probability that the model gives each
   */
  NDArray choose(NDArray logits, NDArray banned, List<Integer> sentences);
}
