package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.tensor.TorchScript;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The decoder's weights, prepared for writing: once for single rows and once for several, each when
 * first asked for.
 */
final class DecoderWeights implements AutoCloseable {

  /** A smaller matrix stays in the nearest cache, whatever its layout. */
  private static final long WORTH_MEASURING = 1 << 16;

  private final T5Model model;
  private final TorchScript script;
  private final LayoutChoice choice;
  private final NDManager manager;
  private final Map<Boolean, WritingWeights> prepared = new HashMap<>();

  DecoderWeights(T5Model model, TorchScript script) {
    this.model = model;
    this.script = script;
    manager = model.parameters().manager().newSubManager();
    choice = new LayoutChoice(script, manager);
  }

  /** The weights for products with {@code rows} rows. */
  WritingWeights forRows(int rows) {
    return prepared.computeIfAbsent(rows == 1, single -> prepare(rows));
  }

  private WritingWeights prepare(int rows) {
    try (Step step = Step.inference(manager)) {
      NDArray owner = step.manager().zeros(new Shape());
      List<NDArray> plain =
          WritingWeights.names(model.config()).stream().map(names -> beside(owner, names)).toList();
      List<Layout> layouts =
          IntStream.range(0, WritingWeights.KINDS)
              .mapToObj(kind -> layout(WritingWeights.ofKind(kind, plain), rows))
              .toList();
      List<NDArray> arrays =
          IntStream.range(0, plain.size())
              .mapToObj(i -> choice.store(owner, plain.get(i), layoutAt(i, plain, layouts), rows))
              .map(array -> step.keep(array, manager))
              .toList();
      return new WritingWeights(arrays, layouts);
    }
  }

  private NDArray beside(NDArray owner, List<String> names) {
    List<NDArray> parts = names.stream().map(model.parameters()::get).toList();
    return parts.size() == 1 ? parts.get(0) : script.call("beside", owner, parts);
  }

  private Layout layout(Stream<NDArray> matrices, int rows) {
    if (model.ops().precision() == Precision.BFLOAT16) {
      return Layout.BFLOAT16;
    }
    List<NDArray> all = matrices.toList();
    boolean worthwhile = all.get(0).size() >= WORTH_MEASURING && !manager.getDevice().isGpu();
    return worthwhile ? choice.fastest(all, rows) : Layout.PLAIN;
  }

  private static Layout layoutAt(int index, List<NDArray> arrays, List<Layout> layouts) {
    int kind = WritingWeights.kind(index, arrays.size());
    return kind < 0 ? Layout.PLAIN : layouts.get(kind);
  }

  @Override
  public void close() {
    manager.close();
  }
}
