package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Step;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds how matrices are best stored for products with few rows, by measuring: the same product is
 * up to four times cheaper in another layout, and which one it is depends on the shape, the number
 * of rows and the machine.
 */
public final class LayoutChoice {

  private static final List<Layout> CANDIDATES =
      List.of(Layout.PLAIN, Layout.TRANSPOSED, Layout.PACKED);
  private static final int ROUNDS = 6;

  private final ProductScript script;
  private final NDManager manager;

  public LayoutChoice(ProductScript script, NDManager manager) {
    this.script = script;
    this.manager = manager;
  }

  /**
   * The layout in which products of {@code rows} rows with these matrices, one after the other as
   * in a model, take the least time.
   *
   * @param matrices (out, in) each, of one shape
   */
  public Layout fastest(List<NDArray> matrices, int rows) {
    try (Step step = Step.inference(manager)) {
      Shape shape = new Shape(rows, matrices.get(0).getShape().get(1));
      NDArray x = step.manager().ones(shape, DataType.FLOAT32);
      Map<Layout, StoredMatrices> stored = new EnumMap<>(Layout.class);
      for (Layout layout : CANDIDATES) {
        stored.put(
            layout,
            StoredMatrices.of(
                matrices.stream().map(m -> script.stored(m, layout, rows)).toList(), layout));
      }
      Map<Layout, Long> least = new EnumMap<>(Layout.class);
      for (int round = 0; round < ROUNDS; round++) { // in turns: others may use the machine too
        stored.forEach((layout, all) -> least.merge(layout, time(x, all), Math::min));
      }
      return Collections.min(least.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
  }

  /** Nanoseconds of the products with all matrices. */
  private long time(NDArray x, StoredMatrices stored) {
    long start = System.nanoTime();
    for (int block = 0; block < stored.matrices().size(); block++) {
      script.product(x, stored, block).close();
    }
    return System.nanoTime() - start;
  }
}
