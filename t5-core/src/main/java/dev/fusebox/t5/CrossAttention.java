package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;

/**
 * The decoder's attention to what the encoder read, with its norm and residual; no position bias.
 */
public final class CrossAttention {

  private final Blueprint blueprint;
  private final Projections projections;

  /** Declares {@code prefix.EncDecAttention.*} and {@code prefix.layer_norm.weight}. */
  public CrossAttention(String prefix, Blueprint blueprint) {
    this.blueprint = blueprint;
    projections = new Projections(prefix, "EncDecAttention", blueprint);
  }

  /**
   * All positions at once.
   *
   * @param x (B, U, D)
   * @param memory (B, S, D)
   * @param mask additive, (B, 1, 1, S)
   * @return (B, U, D)
   */
  public NDArray forward(NDArray x, NDArray memory, NDArray mask, Mode mode) {
    T5Config config = blueprint.config();
    Projections p = projections;
    return blueprint
        .script()
        .segment(
            "cross_attention",
            x,
            x,
            memory,
            p.norm(),
            p.query(),
            p.key(),
            p.value(),
            p.output(),
            mask,
            config.heads(),
            config.normEpsilon(),
            mode.dropout(config.dropout()),
            blueprint.compute());
  }
}
