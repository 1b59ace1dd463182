package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.fusion.crossattn.CrossAttentionScript.BlockWeights;
import dev.fusebox.fusion.crossattn.CrossAttentionScript.TextAttention;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A gated cross-attention dense block, with open_flamingo's names:
 *
 * <pre>
 * y = x + tanh(α) · attention(query = norm(x), key = value = memory)
 * z = y + tanh(β) · down(gelu(up(norm(y))))
 * </pre>
 */
final class InsertedBlock {

  private final CrossAttentionScript script;
  private final Ops ops;
  private final int heads;
  private final boolean blindMean;
  private final BlockWeights weights;
  private final NDArray keysAndValues; // (2·H·K, W)

  /**
   * Declares {@code name.attn.*}, {@code name.attn_gate}, {@code name.ff.*} and {@code
   * name.ff_gate}.
   *
   * @param mediaWidth W
   */
  InsertedBlock(
      String name,
      int mediaWidth,
      CrossAttentionFusionConfig config,
      FusionContext context,
      CrossAttentionScript script) {
    this.script = script;
    ops = context.ops();
    heads = config.heads();
    blindMean = config.blindText() == BlindText.MEAN;
    Parameters parameters = context.parameters();
    long d = context.width();
    long inner = (long) config.heads() * config.headWidth();
    TextAttention attention = attention(name + ".attn", d, inner, parameters);
    keysAndValues = Linear.weight(parameters, name + ".attn.to_kv", mediaWidth, 2 * inner);
    boolean dense = config.feedForward() > 0;
    boolean gated = config.gate() != Gate.NONE;
    weights =
        new BlockWeights(
            attention,
            gate(gated, name + ".attn_gate", parameters),
            dense
                ? Optional.of(
                    PreNormFeedForward.declare(name + ".ff", d, config.feedForward() * d, context))
                : Optional.empty(),
            gate(gated && dense, name + ".ff_gate", parameters));
  }

  private static TextAttention attention(String name, long d, long inner, Parameters parameters) {
    return new TextAttention(
        Normalization.declare(parameters, name + ".norm", d),
        Linear.weight(parameters, name + ".to_q", d, inner),
        Linear.weight(parameters, name + ".to_out", inner, d));
  }

  private static Optional<NDArray> gate(boolean wanted, String name, Parameters parameters) {
    return wanted
        ? Optional.of(parameters.declare(name, new Shape(1), Initializer.zeros()))
        : Optional.empty();
  }

  /** Keys and values (B, S, 2·H·K) of what is seen (B, S, W). */
  NDArray remember(NDArray media) {
    return ops.linear(media, keysAndValues);
  }

  /** A memory for other rows of the batch. */
  NDArray select(NDArray memory, NDArray rows) {
    return ops.selectRows(memory, rows);
  }

  /**
   * Runs the block.
   *
   * @param x (B, T, D)
   * @param mask (B, S) or (B, T, S)
   * @param whole (B, S), the mask of all pictures, wherever they stand
   * @return (B, T, D)
   */
  NDArray apply(NDArray x, NDArray memory, NDArray mask, NDArray whole) {
    return script.block(x, memory, mask, whole, blindMean, weights, heads);
  }

  /** The weights (B, T, S) of its attention, heads averaged. */
  NDArray weights(NDArray x, NDArray memory, NDArray mask) {
    return script.blockWeights(x, memory, mask, weights.attention(), heads);
  }

  /** How far its gates are open, by sub-layer; nothing where there are none. */
  Map<String, Double> gates() {
    Map<String, Double> result = new TreeMap<>();
    weights.gate().ifPresent(gate -> result.put("attention", Math.tanh(gate.getFloat())));
    weights.denseGate().ifPresent(gate -> result.put("feedForward", Math.tanh(gate.getFloat())));
    return result;
  }
}
