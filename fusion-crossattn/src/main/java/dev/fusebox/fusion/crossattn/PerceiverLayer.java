package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;

/** The weights of one layer of the resampler. */
record PerceiverLayer(Attention attention, PreNormFeedForward dense) implements ScriptTuple {

  /**
   * How latents attend to the picture and to each other.
   *
   * @param mediaNorm (W)
   * @param latentNorm (W)
   * @param query (H·K, W)
   * @param keysAndValues (2·H·K, W)
   * @param output (W, H·K)
   */
  record Attention(
      Normalization mediaNorm,
      Normalization latentNorm,
      NDArray query,
      NDArray keysAndValues,
      NDArray output)
      implements ScriptTuple {

    @Override
    public List<NDArray> values() {
      return List.of(
          mediaNorm.weight(),
          mediaNorm.bias(),
          latentNorm.weight(),
          latentNorm.bias(),
          query,
          keysAndValues,
          output);
    }
  }

  /**
   * Declares {@code name.0.*} and {@code name.1.*}.
   *
   * @param inner H·K
   */
  static PerceiverLayer declare(String name, long width, long inner, FusionContext context) {
    Parameters parameters = context.parameters();
    Attention attention =
        new Attention(
            Normalization.declare(parameters, name + ".0.norm_media", width),
            Normalization.declare(parameters, name + ".0.norm_latents", width),
            Linear.weight(parameters, name + ".0.to_q", width, inner),
            Linear.weight(parameters, name + ".0.to_kv", width, 2 * inner),
            Linear.weight(parameters, name + ".0.to_out", inner, width));
    return new PerceiverLayer(
        attention, PreNormFeedForward.declare(name + ".1", width, 4 * width, context));
  }

  @Override
  public List<ScriptTuple> values() {
    return List.of(attention, dense);
  }
}
