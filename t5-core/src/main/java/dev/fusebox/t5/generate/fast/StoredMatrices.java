package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;

/**
 * One kind of matrix, of every block, all in the same layout.
 *
 * @param matrices one per block
 */
public record StoredMatrices(List<NDArray> matrices, Layout layout) implements ScriptTuple {

  @Override
  public List<?> values() {
    return List.of(matrices, layout.code());
  }
}
