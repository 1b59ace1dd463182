package dev.fusebox.fusion.block;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;

/**
 * The weights of an attention sub-layer as BERT has it (Devlin et al. 2019), normalised after the
 * residual sum: {@code norm(x + output(attention(query(x), key(memory), value(memory))))}.
 *
 * @param query (W, W)
 * @param key (W, M), M the width of the memory, which may be {@code x} itself
 * @param value as the key
 * @param output (W, W)
 * @param norm (W)
 * @since 0.1
 */
public record PostNormAttention(
    Linear query, Linear key, Linear value, Linear output, Normalization norm)
    implements ScriptTuple {

  /**
   * Declares {@code inner.query}, {@code inner.key} and {@code inner.value}, {@code outer.dense}
   * and {@code outer.LayerNorm}, as Hugging Face calls them.
   *
   * @param width W
   * @param memory M
   */
  public static PostNormAttention declare(
      Parameters parameters, String inner, String outer, long width, long memory) {
    return new PostNormAttention(
        Linear.declare(parameters, inner + ".query", width, width),
        Linear.declare(parameters, inner + ".key", memory, width),
        Linear.declare(parameters, inner + ".value", memory, width),
        Linear.declare(parameters, outer + ".dense", width, width),
        Normalization.declare(parameters, outer + ".LayerNorm", width));
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
