package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.tensor.Cores;
import dev.fusebox.tensor.Step;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds how matrices are best stored for products with few rows, by measuring: the same product is
 * up to four times cheaper in another layout, and which one it is depends on the shape, the number
 * of rows and the machine. A layout also decides in which order numbers are added, so the last bits
 * of a score; therefore noise must not decide: what is not clearly faster than {@link
 * Layout#PACKED} is not chosen, and a process chooses once for each kind of product.
 */
public final class LayoutChoice {

  private static final List<Layout> CANDIDATES =
      List.of(Layout.PACKED, Layout.PLAIN, Layout.TRANSPOSED);
  private static final int ROUNDS = 6;

  /** Of the packed layout's time: what another one must stay below. */
  private static final double CLEARLY = 0.75;

  private static final Map<Product, Layout> FOUND = new ConcurrentHashMap<>();

  /** What decides which layout is the fastest in a process. */
  private record Product(Shape matrix, int matrices, boolean oneRow, int threads) {}

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
    Shape shape = matrices.get(0).getShape();
    return FOUND.computeIfAbsent(
        new Product(shape, matrices.size(), rows == 1, Cores.perOperator()),
        product -> clearlyFastest(measured(matrices, rows)));
  }

  /**
   * @param times nanoseconds, of the packed layout too
   */
  static Layout clearlyFastest(Map<Layout, Long> times) {
    double limit = CLEARLY * times.get(Layout.PACKED);
    return times.entrySet().stream()
        .filter(each -> each.getValue() < limit)
        .min(Comparator.comparing(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(Layout.PACKED);
  }

  /** The least time of each layout. */
  private Map<Layout, Long> measured(List<NDArray> matrices, int rows) {
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
      return least;
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
