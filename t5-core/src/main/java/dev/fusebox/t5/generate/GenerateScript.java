package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.List;

/**
 * The face of {@code generate.py}: writing one token after the other.
 *
 * <p>Letters: R rows being written, B inputs, H heads, K width of a head, D width, S length of the
 * input, V vocabulary.
 */
final class GenerateScript {

  static final ScriptSource SOURCE = new ScriptSource(GenerateScript.class, "generate.py");

  private final TorchScript script;
  private final int heads;
  private final int activation;
  private final boolean gated;
  private final double epsilon;

  GenerateScript(T5Config config, TorchScript script) {
    this.script = script;
    heads = config.heads();
    activation = config.activation().code();
    gated = config.gated();
    epsilon = config.normEpsilon();
  }

  /**
   * Keys and values of what was read, of each block: (2, B, H, S, K).
   *
   * @param memory (B, S, D)
   * @param keys matrices (H·K, D), one per block
   * @param values likewise
   */
  List<NDArray> remember(NDArray memory, List<NDArray> keys, List<NDArray> values) {
    return script.callForList("remember", memory, keys, values, heads);
  }

  /**
   * The last tokens through all blocks: (R, D). Their keys and values go into the cache.
   *
   * @param ids int64 (R)
   * @param embedding (V, D)
   * @param position how many tokens came before
   */
  NDArray writeTokens(
      NDArray ids, NDArray embedding, PreparedBlocks blocks, KeyValueCache cache, int position) {
    return script.call("write_tokens", arguments(ids, embedding, blocks, cache, position));
  }

  /** The same through one block: (R, D) to (R, D). */
  NDArray writeBlock(
      NDArray x, int block, PreparedBlocks blocks, KeyValueCache cache, int position) {
    return script.call("write_block", arguments(x, block, blocks, cache, position));
  }

  private Object[] arguments(
      NDArray first, Object second, PreparedBlocks blocks, KeyValueCache cache, int position) {
    return new Object[] {
      first,
      second,
      blocks.selfInput(),
      blocks.selfOutput(),
      blocks.crossQuery(),
      blocks.crossOutput(),
      blocks.inner(),
      blocks.outer(),
      cache.caches(),
      cache.memories(),
      cache.positions(),
      cache.mask(),
      position,
      heads,
      activation,
      gated,
      epsilon
    };
  }

  /**
   * In place, in each array (2, capacity of rows, H, length or more, K): row i becomes the old row
   * {@code rows[i]}.
   */
  void keepRows(NDArray rows, List<NDArray> arrays, long length) {
    script.call("keep_rows", rows, arrays, length);
  }

  /**
   * Row i of {@code other} becomes row {@code rows[i]} of {@code array}, both (2, capacity of rows,
   * H, length or more, K).
   */
  void rowsInto(NDArray rows, NDArray array, NDArray other, int length) {
    script.call("rows_into", rows, array, other, length);
  }

  /**
   * Random tokens and the log of the probability of each: float64 (2, R).
   *
   * @param logits (R, V)
   * @param banned int64: places in the flattened scores
   * @param draws (R) in [0, 1)
   * @param topK 0: all
   * @param topP 1: all
   */
  NDArray chooseRandom(
      NDArray logits, NDArray banned, NDArray draws, double temperature, int topK, double topP) {
    return script.call("choose_random", logits, banned, draws, temperature, topK, topP);
  }

  /**
   * The best continuations of each input's beams, twice as many as beams, best first: float64 (3,
   * B, 2 · beams) of sum, beam, token.
   *
   * @param logits (B · beams, V); may change
   * @param sums (B · beams): of the log probabilities so far
   */
  NDArray chooseBeams(NDArray logits, NDArray banned, NDArray sums, int beams) {
    return script.call("choose_beams", logits, banned, sums, beams);
  }
}
