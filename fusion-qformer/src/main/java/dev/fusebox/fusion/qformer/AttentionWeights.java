package dev.fusebox.fusion.qformer;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;

/**
 * The weights of an attention sub-layer, {@code norm(x + output(attention(query(x), key(memory),
 * value(memory))))}.
 *
 * @param query (W, W)
 * @param key (W, W), to the picture (W, V)
 * @param value as the key
 * @param output (W, W)
 * @param norm (W)
 */
record AttentionWeights(Linear query, Linear key, Linear value, Linear output, Normalization norm)
    implements ScriptTuple {

  /**
   * Declares {@code name.attention.*} and {@code name.output.*}.
   *
   * @param memory width of what is attended to
   */
  static AttentionWeights declare(Parameters parameters, String name, long width, long memory) {
    return new AttentionWeights(
        Linear.declare(parameters, name + ".attention.query", width, width),
        Linear.declare(parameters, name + ".attention.key", memory, width),
        Linear.declare(parameters, name + ".attention.value", memory, width),
        Linear.declare(parameters, name + ".output.dense", width, width),
        Normalization.declare(parameters, name + ".output.LayerNorm", width));
  }

  @Override
  public List<NDArray> values() {
    return List.of(
        query.weight(),
        query.bias(),
        key.weight(),
        key.bias(),
        value.weight(),
        value.bias(),
        output.weight(),
        output.bias(),
        norm.weight(),
        norm.bias());
  }
}
