package dev.fusebox.fusion.qformer;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;

/**
 * The weights of a feed-forward sub-layer, {@code norm(x + down(gelu(up(x))))}.
 *
 * @param up (n·W, W)
 * @param down (W, n·W)
 * @param norm (W)
 */
record PostNormFeedForward(Linear up, Linear down, Normalization norm) implements ScriptTuple {

  /**
   * Declares {@code layer.intermediate<kind>.*} and {@code layer.output<kind>.*}.
   *
   * @param kind {@code _query}, or nothing for the text's
   * @param inner n·W
   */
  static PostNormFeedForward declare(
      Parameters parameters, String layer, String kind, long width, long inner) {
    String output = layer + ".output" + kind;
    return new PostNormFeedForward(
        Linear.declare(parameters, layer + ".intermediate" + kind + ".dense", width, inner),
        Linear.declare(parameters, output + ".dense", inner, width),
        Normalization.declare(parameters, output + ".LayerNorm", width));
  }

  @Override
  public List<NDArray> values() {
    return List.of(up.weight(), up.bias(), down.weight(), down.bias(), norm.weight(), norm.bias());
  }
}
