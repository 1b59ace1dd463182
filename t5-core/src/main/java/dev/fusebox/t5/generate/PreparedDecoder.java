package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.t5.AttentionWeights;
import dev.fusebox.t5.DecoderWeights;
import dev.fusebox.t5.DecoderWeights.Block;
import dev.fusebox.t5.FeedForwardWeights;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.fast.HeadFilter;
import dev.fusebox.t5.generate.fast.HeadFilterChoice;
import dev.fusebox.t5.generate.fast.Layout;
import dev.fusebox.t5.generate.fast.LayoutChoice;
import dev.fusebox.t5.generate.fast.StoredMatrices;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The decoder's weights, prepared for writing: once for single rows and once for several, each when
 * first asked for.
 */
final class PreparedDecoder implements AutoCloseable {

  /** A smaller matrix stays in the nearest cache, whatever its layout. */
  private static final long BEYOND_THE_CACHE = 1 << 16;

  /** Below this the threads' start outweighs a layout's gain, and measures as noise. */
  private static final long WORTH_MEASURING = 1 << 19;

  private final DecoderWeights weights;
  private final WritingScripts scripts;
  private final WeightPrecision precision;
  private final LayoutChoice choice;
  private final NDManager manager;
  private final Map<Boolean, PreparedBlocks> blocks = new HashMap<>();
  private final Map<Boolean, StoredMatrices> heads = new HashMap<>();
  private final Map<Boolean, Optional<HeadFilter>> filters = new HashMap<>();

  private final List<StoredMatrices> stored = new ArrayList<>();

  PreparedDecoder(T5Model model, WritingScripts scripts, WeightPrecision precision) {
    weights = model.decoderWeights();
    this.scripts = scripts;
    this.precision =
        model.ops().precision() == Precision.BFLOAT16 && precision == WeightPrecision.FLOAT32
            ? WeightPrecision.BFLOAT16
            : precision;
    manager = model.parameters().manager().newSubManager();
    choice = new LayoutChoice(scripts.products(), manager);
  }

  /** The blocks' weights for products with {@code rows} rows. */
  PreparedBlocks blocks(int rows) {
    return blocks.computeIfAbsent(alone(rows), single -> prepareBlocks(rows));
  }

  /** The head for products with {@code rows} rows. */
  StoredMatrices head(int rows) {
    return heads.computeIfAbsent(alone(rows), single -> prepareHead(rows));
  }

  /** What finds the likeliest tokens of {@code rows} rows; none: computing all scores is faster. */
  Optional<HeadFilter> filter(int rows) {
    return filters.computeIfAbsent(alone(rows), single -> prepareFilter(rows));
  }

  /** Whether these rows have weights of their own: only what is measured depends on the rows. */
  private boolean alone(int rows) {
    return precision == WeightPrecision.FLOAT32 && rows == 1;
  }

  private PreparedBlocks prepareBlocks(int rows) {
    return new PreparedBlocks(
        ofEach(block -> selfInput(block.self()), rows),
        ofEach(block -> block.self().output().weight(), rows),
        ofEach(block -> beside(block.cross().norm(), block.cross().query()), rows),
        ofEach(block -> block.cross().output().weight(), rows),
        ofEach(block -> inner(block.feedForward()), rows),
        ofEach(block -> block.feedForward().outer().weight(), rows));
  }

  private NDArray selfInput(AttentionWeights self) {
    return beside(self.norm(), self.query(), self.key(), self.value());
  }

  private NDArray inner(FeedForwardWeights weights) {
    return weights
        .gate()
        .map(gate -> beside(weights.norm(), gate, weights.inner()))
        .orElseGet(() -> beside(weights.norm(), weights.inner()));
  }

  /** What all read the same norm as one matrix, with the norm's weights in it. */
  private NDArray beside(NDArray norm, Matrix... matrices) {
    List<NDArray> arrays = Stream.of(matrices).map(Matrix::weight).toList();
    return scripts.products().beside(arrays, Optional.of(norm), 1);
  }

  /** One kind of matrix, of all blocks. */
  private StoredMatrices ofEach(Function<Block, NDArray> matrix, int rows) {
    try (Step step = Step.inference(manager)) {
      return store(step, weights.blocks().stream().map(matrix).toList(), rows);
    }
  }

  private StoredMatrices prepareHead(int rows) {
    try (Step step = Step.inference(manager)) {
      NDArray plain =
          scripts
              .products()
              .beside(
                  List.of(weights.head().weight()),
                  Optional.of(weights.finalNorm()),
                  weights.headFactor());
      return store(step, List.of(plain), rows);
    }
  }

  private StoredMatrices store(Step step, List<NDArray> plain, int rows) {
    StoredMatrices all =
        precision == WeightPrecision.INT8
            ? scripts.products().inBytes(plain)
            : store(step, plain, layout(plain, rows), rows);
    stored.add(all);
    return all;
  }

  private StoredMatrices store(Step step, List<NDArray> plain, Layout layout, int rows) {
    return StoredMatrices.of(
        plain.stream()
            .map(each -> step.keep(scripts.products().stored(each, layout, rows), manager))
            .toList(),
        layout);
  }

  private Optional<HeadFilter> prepareFilter(int rows) {
    if (precision != WeightPrecision.FLOAT32 || !weights.head().isParameter()) {
      return Optional.empty();
    }
    NDArray head = weights.head().weight();
    return beyondTheCache(head)
        ? new HeadFilterChoice(scripts.head(), manager)
            .fastest(head, weights.finalNorm(), weights.headFactor(), head(rows), rows)
        : Optional.empty();
  }

  private Layout layout(List<NDArray> matrices, int rows) {
    if (precision == WeightPrecision.BFLOAT16) {
      return Layout.BFLOAT16;
    }
    if (!beyondTheCache(matrices.get(0))) {
      return Layout.PLAIN;
    }
    return matrices.get(0).size() < WORTH_MEASURING
        ? Layout.PACKED
        : choice.fastest(matrices, rows);
  }

  private boolean beyondTheCache(NDArray matrix) {
    return matrix.size() >= BEYOND_THE_CACHE && !manager.getDevice().isGpu();
  }

  @Override
  public void close() {
    stored.forEach(StoredMatrices::close);
    manager.close();
  }
}
