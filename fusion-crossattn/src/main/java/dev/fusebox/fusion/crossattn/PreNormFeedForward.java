package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;

/**
 * The weights of a feed-forward sub-layer, {@code down(gelu(up(norm(x))))}.
 *
 * @param norm (D)
 * @param up (n·D, D)
 * @param down (D, n·D)
 */
record PreNormFeedForward(Normalization norm, NDArray up, NDArray down) implements ScriptTuple {

  /** Declares norm {@code name.0}, up {@code name.1} and down {@code name.3}. */
  static PreNormFeedForward declare(String name, long width, long inner, FusionContext context) {
    return new PreNormFeedForward(
        Normalization.declare(context.parameters(), name + ".0", width),
        Linear.weight(context.parameters(), name + ".1", width, inner),
        Linear.weight(context.parameters(), name + ".3", inner, width));
  }

  @Override
  public List<NDArray> values() {
    return List.of(norm.weight(), norm.bias(), up, down);
  }
}
