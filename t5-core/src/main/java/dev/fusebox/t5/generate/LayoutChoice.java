package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Step;
import dev.fusebox.tensor.TorchScript;
import java.util.List;

/**
 * Finds how matrices are best stored for products with few rows, by measuring: the same product is
 * up to four times cheaper in another layout, and which one it is depends on the shape, the number
 * of rows and the machine.
 */
final class LayoutChoice {

  private static final List<Layout> CANDIDATES =
      List.of(Layout.PLAIN, Layout.TRANSPOSED, Layout.FROM_LEFT, Layout.PACKED);
  private static final int ROUNDS = 4;

  private final TorchScript script;
  private final NDManager manager;

  LayoutChoice(TorchScript script, NDManager manager) {
    this.script = script;
    this.manager = manager;
  }

  /**
   * The layout in which products of {@code rows} rows with these matrices, one after the other as
   * in a model, take the least time.
   *
   * @param matrices (out, in) each, of one shape
   */
  Layout fastest(List<NDArray> matrices, int rows) {
    Layout best = Layout.PLAIN;
    long least = Long.MAX_VALUE;
    for (Layout layout : CANDIDATES) {
      long time = nanoseconds(matrices, layout, rows);
      if (time < least) {
        best = layout;
        least = time;
      }
    }
    return best;
  }

  private long nanoseconds(List<NDArray> matrices, Layout layout, int rows) {
    try (Step step = Step.inference(manager)) {
      Shape shape = new Shape(rows, matrices.get(0).getShape().get(1));
      NDArray x = step.manager().ones(shape, DataType.FLOAT32);
      List<NDArray> stored =
          matrices.stream().map(matrix -> store(x, matrix, layout, rows)).toList();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        stored.forEach(matrix -> script.call("product", x, x, matrix, layout.code()).close());
        least = Math.min(least, System.nanoTime() - start);
      }
      return least;
    }
  }

  /** The matrix (out, in) in that layout; a second handle of the same array if that is as it is. */
  NDArray store(NDArray owner, NDArray matrix, Layout layout, int rows) {
    return script.call("stored", owner, matrix, layout.code(), rows);
  }
}
