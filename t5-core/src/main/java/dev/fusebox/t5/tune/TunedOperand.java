package dev.fusebox.t5.tune;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;

/**
 * A matrix as {@code tuned.py} takes it.
 *
 * @param arrays the weights (out, in); with A (rank, in) and B (out, rank) behind them, or with
 *     factors (out, 1) or (1, in)
 * @param scale of the low-rank part
 * @param dropout of what the low-rank part reads
 */
record TunedOperand(List<NDArray> arrays, double scale, double dropout) implements ScriptTuple {

  @Override
  public List<?> values() {
    return List.of(arrays, scale, dropout);
  }
}
