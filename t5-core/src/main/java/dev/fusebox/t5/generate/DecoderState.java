package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Hooks;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.DecoderWeights;
import dev.fusebox.t5.DecoderWeights.Block;
import dev.fusebox.t5.Matrix;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.fast.HeadFilter;
import dev.fusebox.t5.generate.fast.StoredMatrices;
import dev.fusebox.tensor.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sentences that are being written, one per row: the KV cache of the inputs and of the tokens so
 * far. Several rows may belong to one input; they share what is remembered of it.
 *
 * <p>The arrays are made once, for all rows and all tokens; the inputs of rows that leave are
 * closed up in place.
 */
final class DecoderState implements AutoCloseable {

  private final T5Model model;
  private final WritingScripts scripts;
  private final PreparedDecoder decoder;
  private final Step step; // owns the arrays
  private final NDArray embedding; // (V, D)
  private NDArray spare; // one more array of the KV cache, for rows that change places
  private final Hooks hooks;
  private Step selection; // owns mask and pass once inputs have left
  private KeyValueCache cache;
  private FusionPass pass; // of R rows
  private int length; // tokens in the cache

  /**
   * @param encoded of B inputs
   * @param pass of B inputs
   * @param group rows per input
   * @param capacity how many tokens a row takes at most
   */
  DecoderState(
      T5Model model,
      WritingScripts scripts,
      PreparedDecoder decoder,
      TextStates encoded,
      FusionPass pass,
      int group,
      int capacity) {
    this.model = model;
    this.scripts = scripts;
    this.decoder = decoder;
    NDArray hidden = encoded.hidden(); // (B, S, D)
    step = Step.inference(hidden.getManager());
    embedding = model.decoderWeights().embedding();
    int rows = (int) hidden.getShape().get(0) * group;
    Shape shape = new Shape(2, rows, config().heads(), capacity, config().headWidth());
    cache = cache(encoded, shape, capacity);
    spare = empty(shape);
    hooks = Hooks.of(pass);
    int[] inputOfRow = IntStream.range(0, rows).map(row -> row / group).toArray();
    this.pass = group > 1 ? pass.select(array(step, inputOfRow)) : pass;
  }

  /** Of no tokens, and of what was encoded. */
  private KeyValueCache cache(TextStates encoded, Shape shape, int capacity) {
    DecoderWeights weights = model.decoderWeights();
    List<NDArray> tokens =
        Stream.generate(() -> empty(shape))
            .limit(config().decoderDepth())
            .collect(Collectors.toCollection(ArrayList::new));
    return new KeyValueCache(
        tokens,
        scripts
            .tokens()
            .remember(
                encoded.hidden(),
                ofEach(weights, block -> block.cross().key()),
                ofEach(weights, block -> block.cross().value())),
        model.decoderPositions(step.manager(), capacity),
        model.ops().additiveMask(encoded.mask()));
  }

  private static List<NDArray> ofEach(DecoderWeights weights, Function<Block, Matrix> matrix) {
    return weights.blocks().stream().map(block -> matrix.apply(block).weight()).toList();
  }

  private NDArray empty(Shape shape) {
    return step.manager().create(shape, DataType.FLOAT32);
  }

  /**
   * Reads the last token of every row.
   *
   * @param ids int64 (R)
   * @return the scores (R, V) of what comes next
   */
  NDArray read(NDArray ids) {
    return scores(hidden(ids));
  }

  /**
   * Reads the last token of every row.
   *
   * @param ids int64 (R)
   * @param banned int64: places in the flattened scores (R, V) that may not come next
   * @return int64 (R): the likeliest of what may come next
   */
  NDArray likeliest(NDArray ids, NDArray banned) {
    NDArray hidden = hidden(ids);
    Optional<HeadFilter> filter =
        hooks.states() || hooks.logits() ? Optional.empty() : decoder.filter((int) ids.size());
    return filter
        .map(s -> s.likeliest(scripts.head(), hidden, banned))
        .orElseGet(() -> scripts.head().chooseBest(scores(hidden), banned));
  }

  private NDArray scores(NDArray hidden) {
    if (hooks.states()) { // the prepared head has the final norm in it
      return model.logitsOfLastBlock(hidden.expandDims(1), pass).squeeze(1);
    }
    StoredMatrices head = decoder.head((int) hidden.getShape().get(0));
    NDArray logits = scripts.head().scores(hidden, head);
    return hooks.logits() ? pass.atLogits(logits.expandDims(1)).squeeze(1) : logits;
  }

  /** (R) through all blocks: (R, D). */
  private NDArray hidden(NDArray ids) {
    PreparedBlocks blocks = decoder.blocks((int) ids.size());
    NDArray hidden =
        hooks.blocks()
            ? withHooks(ids, blocks)
            : scripts.tokens().writeTokens(ids, embedding, blocks, cache, length);
    length++;
    return hidden;
  }

  private NDArray withHooks(NDArray ids, PreparedBlocks blocks) {
    NDArray hidden = model.ops().embedding(ids, embedding); // (R, D)
    for (int block = 0; block < config().decoderDepth(); block++) {
      hidden = pass.beforeDecoderBlock(block, hidden.expandDims(1)).squeeze(1);
      hidden = scripts.tokens().writeBlock(hidden, block, blocks, cache, length);
    }
    return hidden;
  }

  private T5Config config() {
    return model.config();
  }

  /** Row i goes on from what was row {@code rows[i]}; inputs stay what they are. */
  void selectRows(int[] rows) {
    try (Step brief = Step.inference(step.manager())) {
      NDArray array = array(brief, rows);
      for (int block = 0; block < config().decoderDepth(); block++) {
        NDArray before = cache.caches().get(block);
        scripts.tokens().rowsInto(array, before, spare, length);
        cache.caches().set(block, spare);
        spare = before;
      }
    }
  }

  /**
   * Input i becomes what was input {@code inputs[i]}; the rows have been selected already.
   *
   * @param rows for each row one of its input's before
   */
  void selectInputs(int[] inputs, int[] rows) {
    Step next = Step.inference(step.manager());
    NDArray array = array(next, inputs);
    List<NDArray> memories = cache.memories();
    scripts.tokens().keepRows(array, memories, memories.get(0).getShape().get(3));
    NDArray mask = model.ops().selectRows(cache.mask(), array);
    cache = new KeyValueCache(cache.caches(), memories, cache.positions(), mask);
    if (hooks.any()) {
      pass = pass.select(array(next, rows));
    }
    if (selection != null) {
      selection.close();
    }
    selection = next;
  }

  private static NDArray array(Step step, int[] rows) {
    return step.manager().create(IntStream.of(rows).asLongStream().toArray());
  }

  /** Where what lives as long as this state is made. */
  NDManager manager() {
    return step.manager();
  }

  @Override
  public void close() {
    if (selection != null) {
      selection.close();
    }
    step.close();
  }
}
