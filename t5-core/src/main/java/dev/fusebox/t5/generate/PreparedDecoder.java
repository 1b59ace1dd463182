package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.t5.AttentionWeights;
import dev.fusebox.t5.DecoderWeights;
import dev.fusebox.t5.DecoderWeights.Block;
import dev.fusebox.t5.FeedForwardWeights;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.fast.Head;
import dev.fusebox.t5.generate.fast.HeadFilter;
import dev.fusebox.t5.generate.fast.HeadFilterChoice;
import dev.fusebox.t5.generate.fast.Layout;
import dev.fusebox.t5.generate.fast.LayoutChoice;
import dev.fusebox.t5.generate.fast.StoredMatrices;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
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
  private static final long WORTH_MEASURING = 1 << 16;

  private final DecoderWeights weights;
  private final WritingScripts scripts;
  private final boolean bfloat16;
  private final LayoutChoice choice;
  private final NDManager manager;
  private final Map<Boolean, PreparedBlocks> blocks = new HashMap<>();
  private final Map<Boolean, Head> heads = new HashMap<>();
  private final Map<Boolean, Optional<HeadFilter>> filters = new HashMap<>();

  PreparedDecoder(T5Model model, WritingScripts scripts) {
    weights = model.decoderWeights();
    this.scripts = scripts;
    bfloat16 = model.ops().precision() == Precision.BFLOAT16;
    manager = model.parameters().manager().newSubManager();
    choice = new LayoutChoice(scripts.products(), manager);
  }

  /** The blocks' weights for products with {@code rows} rows. */
  PreparedBlocks blocks(int rows) {
    return blocks.computeIfAbsent(rows == 1, single -> prepareBlocks(rows));
  }

  /** The head for products with {@code rows} rows. */
  Head head(int rows) {
    return heads.computeIfAbsent(rows == 1, single -> prepareHead(rows));
  }

  /** What finds the likeliest tokens of {@code rows} rows; none: computing all scores is faster. */
  Optional<HeadFilter> filter(int rows) {
    return filters.computeIfAbsent(rows == 1, single -> prepareFilter(rows));
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
      List<NDArray> plain = weights.blocks().stream().map(matrix).toList();
      Layout layout = layout(plain, rows);
      return new StoredMatrices(
          plain.stream().map(each -> store(step, each, layout, rows)).toList(), layout);
    }
  }

  private Head prepareHead(int rows) {
    try (Step step = Step.inference(manager)) {
      NDArray plain =
          scripts
              .products()
              .beside(
                  List.of(weights.head().weight()),
                  Optional.of(weights.finalNorm()),
                  weights.headFactor());
      Layout layout = layout(List.of(plain), rows);
      return new Head(store(step, plain, layout, rows), layout);
    }
  }

  private Optional<HeadFilter> prepareFilter(int rows) {
    if (bfloat16 || !weights.head().isParameter()) {
      return Optional.empty();
    }
    NDArray head = weights.head().weight();
    return worthMeasuring(head)
        ? new HeadFilterChoice(scripts.head(), manager)
            .fastest(head, weights.finalNorm(), weights.headFactor(), head(rows), rows)
        : Optional.empty();
  }

  private NDArray store(Step step, NDArray matrix, Layout layout, int rows) {
    return step.keep(scripts.products().stored(matrix, layout, rows), manager);
  }

  private Layout layout(List<NDArray> matrices, int rows) {
    if (bfloat16) {
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
