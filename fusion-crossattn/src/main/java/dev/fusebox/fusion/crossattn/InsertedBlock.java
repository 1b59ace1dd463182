package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.TorchScript;
import java.util.List;
import java.util.Map;
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

  private final TorchScript script;
  private final int heads;
  private final int compute;
  private final boolean blindMean;
  private final List<NDArray> attention; // norm (D), (D), query (H·K, D), output (D, H·K)
  private final NDArray keysAndValues; // (2·H·K, W)
  private final List<NDArray> attentionGate; // (1), or nothing
  private final List<NDArray> feedForward; // norm (D), (D), up (n·D, D), down (D, n·D), or nothing
  private final List<NDArray> feedForwardGate; // (1), or nothing

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
      TorchScript script) {
    this.script = script;
    heads = config.heads();
    compute = context.ops().precision().code();
    blindMean = config.blindText() == BlindText.MEAN;
    long d = context.width();
    long inner = (long) config.heads() * config.headWidth();
    Normalization norm = Normalization.declare(context.parameters(), name + ".attn.norm", d);
    attention =
        List.of(
            norm.weight(),
            norm.bias(),
            Linear.weight(context.parameters(), name + ".attn.to_q", d, inner),
            Linear.weight(context.parameters(), name + ".attn.to_out", inner, d));
    keysAndValues =
        Linear.weight(context.parameters(), name + ".attn.to_kv", mediaWidth, 2 * inner);
    attentionGate = gate(name + ".attn_gate", config.gate(), context);
    boolean dense = config.feedForward() > 0;
    feedForward =
        dense ? feedForward(name + ".ff", d, config.feedForward() * d, context) : List.of();
    feedForwardGate = dense ? gate(name + ".ff_gate", config.gate(), context) : List.of();
  }

  private static List<NDArray> gate(String name, Gate gate, FusionContext context) {
    return gate == Gate.NONE
        ? List.of()
        : List.of(context.parameters().declare(name, new Shape(1), Initializer.zeros()));
  }

  /** Declares norm {@code name.0}, up {@code name.1} and down {@code name.3}. */
  static List<NDArray> feedForward(String name, long width, long inner, FusionContext context) {
    Normalization norm = Normalization.declare(context.parameters(), name + ".0", width);
    return List.of(
        norm.weight(),
        norm.bias(),
        Linear.weight(context.parameters(), name + ".1", width, inner),
        Linear.weight(context.parameters(), name + ".3", inner, width));
  }

  /** Keys and values (B, S, 2·H·K) of what is seen (B, S, W). */
  NDArray remember(NDArray media) {
    return script.call("linear", media, media, keysAndValues, compute);
  }

  /** A memory for other rows of the batch. */
  NDArray select(NDArray memory, NDArray rows) {
    return script.call("select_rows", memory, memory, rows);
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
    return script.segment(
        "block",
        x,
        x,
        memory,
        mask,
        whole,
        blindMean,
        attention,
        attentionGate,
        feedForward,
        feedForwardGate,
        heads,
        compute);
  }

  /** The weights (B, T, S) of its attention, heads averaged. */
  NDArray weights(NDArray x, NDArray memory, NDArray mask) {
    return script.call("block_weights", x, x, memory, mask, attention, heads, compute);
  }

  /** How far its gates are open, by sub-layer; nothing where there are none. */
  Map<String, Double> gates() {
    Map<String, Double> result = new TreeMap<>();
    attentionGate.forEach(gate -> result.put("attention", Math.tanh(gate.getFloat())));
    feedForwardGate.forEach(gate -> result.put("feedForward", Math.tanh(gate.getFloat())));
    return result;
  }
}
