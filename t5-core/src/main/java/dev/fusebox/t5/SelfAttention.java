package dev.fusebox.t5;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Mode;

/** The self-attention sub-layer with its norm and residual. */
public final class SelfAttention {

  private final Blueprint blueprint;
  private final Projections projections;

  /** Declares {@code prefix.SelfAttention.*} and {@code prefix.layer_norm.weight}. */
  public SelfAttention(String prefix, Blueprint blueprint) {
    this.blueprint = blueprint;
    projections = new Projections(prefix, "SelfAttention", blueprint);
  }

  /**
   * All positions at once.
   *
   * @param x (B, T, D)
   * @param bias (1 or B, H, T, T): positions and mask
   * @return (B, T, D)
   */
  public NDArray forward(NDArray x, NDArray bias, Mode mode) {
    T5Config config = blueprint.config();
    Projections p = projections;
    return blueprint
        .script()
        .segment(
            "self_attention",
            x,
            x,
            p.norm(),
            p.query(),
            p.key(),
            p.value(),
            p.output(),
            bias,
            config.heads(),
            config.normEpsilon(),
            mode.dropout(config.dropout()),
            blueprint.compute());
  }
}
