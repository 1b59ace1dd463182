package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Chooses the next token of each row. */
@FunctionalInterface
interface Choice {

  /**
   * Chooses.
   *
   * @param state reads {@code ids}
   * @param ids int64 (R): the last tokens
   * @param banned int64: places in the flattened scores (R, V) that may not be chosen
   * @param sentences which sentence each row belongs to
   */
  Chosen choose(DecoderState state, NDArray ids, NDArray banned, List<Integer> sentences);
}
