package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Step;
import dev.fusebox.tensor.TorchScript;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sentences that are being written, one per row: what the decoder remembers of the inputs and of
 * the tokens so far. Several rows may belong to one input; they share what is remembered of it.
 *
 * <p>The arrays are made once, for all rows and all tokens; rows that leave are closed up in place.
 */
final class Draft implements AutoCloseable {

  private final T5Model model;
  private final TorchScript script;
  private final DecoderWeights weights;
  private final Step step; // owns the arrays
  private final NDArray embedding; // (V, D)
  private final List<NDArray> memories; // per block, keys and values: (B at first, 2, H, S, K)
  private final List<NDArray> caches; // per block, likewise: (R at first, 2, H, capacity, K)
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
  Draft(
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
    caches = emptyCaches(step.manager(), inputs * group, capacity);
    mask = script.call("additive_mask", hidden, encoded.mask());
    positions = model.decoderPositions(step.manager(), capacity);
    hooks = Hooks.of(pass);
    int[] inputOfRow = IntStream.range(0, inputs * group).map(row -> row / group).toArray();
    this.pass = group > 1 ? pass.select(array(step, inputOfRow)) : pass;
  }

  private List<NDArray> emptyCaches(NDManager manager, int rows, int capacity) {
    T5Config config = model.config();
    Shape shape = new Shape(rows, 2, config.heads(), capacity, config.headWidth());
    NDList arrays = new NDList();
    for (int i = 0; i < config.decoderDepth(); i++) {
      arrays.add(manager.create(shape, DataType.FLOAT32));
    }
    return arrays;
  }

  /**
   * Reads the last token of every row.
   *
   * @param ids int64 (R)
   * @return the scores (R, V) of what comes next
   */
  NDArray read(NDArray ids) {
    WritingWeights prepared = weights.forRows((int) ids.size());
    NDArray logits =
        hooks.blocks()
            ? withHooks(ids, prepared)
            : script.call(
                "write",
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
                factor(),
                config().normEpsilon());
    length++;
    return hooks.logits() ? pass.atLogits(logits.expandDims(1)).squeeze(1) : logits;
  }

  private NDArray withHooks(NDArray ids, WritingWeights prepared) {
    NDArray hidden = model.ops().embedding(ids, embedding); // (R, D)
    for (int block = 0; block < config().decoderDepth(); block++) {
      hidden = pass.beforeDecoderBlock(block, hidden.expandDims(1)).squeeze(1);
      hidden =
          script.call(
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
    return script.call(
        "write_logits",
        hidden,
        hidden,
        prepared.arrays(),
        prepared.layouts(),
        factor(),
        config().normEpsilon());
  }

  private double factor() {
    return config().tiedHead() ? 1 / Math.sqrt(config().width()) : 1;
  }

  private T5Config config() {
    return model.config();
  }

  /** Row i goes on from what was row {@code rows[i]}; inputs stay what they are. */
  void selectRows(int[] rows) {
    try (Step brief = Step.inference(step.manager())) {
      NDArray array = array(brief, rows);
      script.call("keep_rows", array, array, caches, length);
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

  /** Where what lives as long as this draft is made. */
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
