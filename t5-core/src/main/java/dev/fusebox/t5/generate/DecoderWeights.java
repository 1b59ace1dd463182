package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.WritingWeights.Source;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.tensor.TorchScript;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The decoder's weights, prepared for writing: once for single rows and once for several, each when
 * first asked for.
 */
final class DecoderWeights implements AutoCloseable {

  /** A smaller matrix stays in the nearest cache, whatever its layout. */
  private static final long WORTH_MEASURING = 1 << 16;

  private static final String LAST_NORM = "decoder.final_layer_norm.weight";
  private static final String HEAD = "lm_head.weight";

  private final T5Model model;
  private final TorchScript script;
  private final LayoutChoice choice;
  private final NDManager manager;
  private final Map<Boolean, WritingWeights> blocks = new HashMap<>();
  private final Map<Boolean, Head> heads = new HashMap<>();
  private final Map<Boolean, Optional<Screen>> screens = new HashMap<>();

  /**
   * The head.
   *
   * @param matrix (V, D) in its layout, with the last norm's weights in it
   */
  record Head(NDArray matrix, Layout layout) {}

  DecoderWeights(T5Model model, TorchScript script) {
    this.model = model;
    this.script = script;
    manager = model.parameters().manager().newSubManager();
    choice = new LayoutChoice(script, manager);
  }

  /** The blocks' weights for products with {@code rows} rows. */
  WritingWeights blocks(int rows) {
    return blocks.computeIfAbsent(rows == 1, single -> prepareBlocks(rows));
  }

  /** The head for products with {@code rows} rows. */
  Head head(int rows) {
    return heads.computeIfAbsent(rows == 1, single -> prepareHead(rows));
  }

  /** What finds the likeliest tokens of {@code rows} rows; none: computing all scores is faster. */
  Optional<Screen> screen(int rows) {
    return screens.computeIfAbsent(rows == 1, single -> prepareScreen(rows));
  }

  private WritingWeights prepareBlocks(int rows) {
    try (Step step = Step.inference(manager)) {
      List<NDArray> plain =
          WritingWeights.sources(model.config()).stream().map(s -> beside(step, s, 1)).toList();
      List<Layout> layouts =
          IntStream.range(0, WritingWeights.KINDS)
              .mapToObj(kind -> layout(WritingWeights.ofKind(kind, plain), rows))
              .toList();
      List<NDArray> arrays =
          IntStream.range(0, plain.size())
              .mapToObj(i -> store(step, plain.get(i), layouts.get(i % layouts.size()), rows))
              .toList();
      return new WritingWeights(arrays, layouts);
    }
  }

  private Head prepareHead(int rows) {
    try (Step step = Step.inference(manager)) {
      NDArray plain = beside(step, Source.ofNorm(LAST_NORM, HEAD), headFactor());
      Layout layout = layout(List.of(plain), rows);
      return new Head(store(step, plain, layout, rows), layout);
    }
  }

  private Optional<Screen> prepareScreen(int rows) {
    NDArray head = model.parameters().get(HEAD);
    if (!worthMeasuring(head) || model.ops().precision() == Precision.BFLOAT16) {
      return Optional.empty();
    }
    return new ScreenChoice(script, manager, model.config().normEpsilon())
        .fastest(head, model.parameters().get(LAST_NORM), headFactor(), head(rows), rows);
  }

  private double headFactor() {
    T5Config config = model.config();
    return config.head().scale(config.width());
  }

  private NDArray beside(Step step, Source source, double factor) {
    NDArray owner = step.manager().zeros(new Shape());
    return script.call(
        "beside", owner, parameters(source.parameters()), parameters(source.norm()), factor);
  }

  private List<NDArray> parameters(List<String> names) {
    return names.stream().map(model.parameters()::get).toList();
  }

  private NDArray store(Step step, NDArray matrix, Layout layout, int rows) {
    return step.keep(choice.store(matrix, matrix, layout, rows), manager);
  }

  private Layout layout(List<NDArray> matrices, int rows) {
    if (model.ops().precision() == Precision.BFLOAT16) {
      return Layout.BFLOAT16;
    }
    return worthMeasuring(matrices.get(0)) ? choice.fastest(matrices, rows) : Layout.PLAIN;
  }

  private boolean worthMeasuring(NDArray matrix) {
    return matrix.size() >= WORTH_MEASURING && !manager.getDevice().isGpu();
  }

  @Override
  public void close() {
    manager.close();
  }
}
