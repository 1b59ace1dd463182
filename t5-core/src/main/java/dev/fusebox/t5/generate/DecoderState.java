package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Hooks;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.fast.Head;
import dev.fusebox.t5.generate.fast.HeadFilter;
import dev.fusebox.tensor.Step;
import dev.fusebox.tensor.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sentences that are being written, one per row: what the decoder remembers of the inputs and of
 * the tokens so far. Several rows may belong to one input; they share what is remembered of it.
 *
 * <p>The arrays are made once, for all rows and all tokens; the inputs of rows that leave are
 * closed up in place.
 */
final class DecoderState implements AutoCloseable {

  private final T5Model model;
  private final TorchScript script;
  private final DecoderWeights weights;
  private final Step step; // owns the arrays
  private final NDArray embedding; // (V, D)
  private final List<NDArray> memories; // per block, keys and values: (2, B at first, H, S, K)
  private final List<NDArray> caches; // per block, likewise: (2, R at first, H, capacity, K)
  private NDArray spare; // one more, for rows that change places
  private final NDArray positions; // (H, capacity)
  private final Hooks hooks;
  private Step selection; // owns mask and pass once inputs have left
  private NDArray mask; // additive (B, 1, 1, S)
  private FusionPass pass; // of R rows
  private int length; // tokens in the caches

  /**
   * @param encoded of B inputs
   * @param pass of B inputs
   * @param group rows per input
   * @param capacity how many tokens a row takes at most
   */
  DecoderState(
      T5Model model,
      TorchScript script,
      DecoderWeights weights,
      TextStates encoded,
      FusionPass pass,
      int group,
      int capacity) {
    this.model = model;
    this.script = script;
    this.weights = weights;
    NDArray hidden = encoded.hidden(); // (B, S, D)
    step = Step.inference(hidden.getManager());
    embedding = model.parameters().get("shared.weight");
    memories =
        script.callForList(
            "remember", hidden, hidden, WritingWeights.memory(model), config().heads());
    int inputs = (int) hidden.getShape().get(0);
    Shape cache =
        new Shape(2, (long) inputs * group, config().heads(), capacity, config().headWidth());
    caches =
        Stream.generate(() -> empty(cache))
            .limit(config().decoderDepth())
            .collect(Collectors.toCollection(ArrayList::new));
    spare = empty(cache);
    mask = script.call("additive_mask", hidden, encoded.mask());
    positions = model.decoderPositions(step.manager(), capacity);
    hooks = Hooks.of(pass);
    int[] inputOfRow = IntStream.range(0, inputs * group).map(row -> row / group).toArray();
    this.pass = group > 1 ? pass.select(array(step, inputOfRow)) : pass;
  }

  private NDArray empty(Shape cache) {
    return step.manager().create(cache, DataType.FLOAT32);
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
        hooks.logits() ? Optional.empty() : weights.filter((int) ids.size());
    return filter
        .map(s -> s.likeliest(script, hidden, banned, config().normEpsilon()))
        .orElseGet(() -> script.call("choose_best", hidden, scores(hidden), banned));
  }

  private NDArray scores(NDArray hidden) {
    Head head = weights.head((int) hidden.getShape().get(0));
    NDArray logits =
        script.call(
            "write_logits",
            hidden,
            hidden,
            head.matrix(),
            head.layout().code(),
            config().normEpsilon());
    return hooks.logits() ? pass.atLogits(logits.expandDims(1)).squeeze(1) : logits;
  }

  /** (R) through all blocks: (R, D). */
  private NDArray hidden(NDArray ids) {
    WritingWeights prepared = weights.blocks((int) ids.size());
    NDArray hidden = hooks.blocks() ? withHooks(ids, prepared) : withoutHooks(ids, prepared);
    length++;
    return hidden;
  }

  private NDArray withHooks(NDArray ids, WritingWeights prepared) {
    NDArray hidden = model.ops().embedding(ids, embedding); // (R, D)
    for (int block = 0; block < config().decoderDepth(); block++) {
      hidden = pass.beforeDecoderBlock(block, hidden.expandDims(1)).squeeze(1);
      hidden = through(block, hidden, prepared);
    }
    return hidden;
  }

  private NDArray withoutHooks(NDArray ids, WritingWeights prepared) {
    return script.call(
        "write_tokens",
        ids,
        ids,
        embedding,
        prepared.arrays(),
        prepared.layouts(),
        caches,
        memories,
        positions,
        mask,
        length,
        config().heads(),
        config().activation().code(),
        config().gated(),
        config().normEpsilon());
  }

  private NDArray through(int block, NDArray hidden, WritingWeights prepared) {
    return script.call(
        "write_blocks",
        hidden,
        hidden,
        block,
        block + 1,
        prepared.arrays(),
        prepared.layouts(),
        caches,
        memories,
        positions,
        mask,
        length,
        config().heads(),
        config().activation().code(),
        config().gated(),
        config().normEpsilon());
  }

  private T5Config config() {
    return model.config();
  }

  /** Row i goes on from what was row {@code rows[i]}; inputs stay what they are. */
  void selectRows(int[] rows) {
    try (Step brief = Step.inference(step.manager())) {
      NDArray array = array(brief, rows);
      for (int block = 0; block < config().decoderDepth(); block++) {
        NDArray before = caches.get(block);
        script.call("rows_into", array, array, before, spare, length);
        caches.set(block, spare);
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
    script.call("keep_rows", array, array, memories, memories.get(0).getShape().get(3));
    mask = model.ops().selectRows(mask, array);
    if (hooks.blocks() || hooks.logits()) {
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
