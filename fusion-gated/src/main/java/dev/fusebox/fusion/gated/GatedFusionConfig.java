package dev.fusebox.fusion.gated;

import dev.fusebox.fusion.Setting;

/** Settings of {@link GatedFusion}. */
public record GatedFusionConfig(
    @Setting("Whether attention has learned projections, as in the code, or none, as in the paper")
        Attention attention,
    @Setting(value = "Heads of the attention to the picture", range = "divides the model's width")
        int heads,
    @Setting(
            "The gate: computed per element from text and picture, or one learned number that starts at 0")
        Gate gate,
    @Setting(
            "A question without a picture gets zero vectors, as in the published checkpoints, or keeps the text model's states")
        MissingPicture missingPicture) {

  /** How the text attends to the picture. */
  public enum Attention {
    /** Multi-head attention with input and output projections and biases: mm-cot's code. */
    PROJECTED,
    /** {@code softmax(H Vᵀ / √D) V}: the paper's equation. Its gate has no bias either. */
    PLAIN
  }

  /** How what was seen is mixed in. */
  public enum Gate {
    /** {@code (1 - λ) H + λ A} with {@code λ = σ(W [H; A] + b)}. */
    SIGMOID,
    /** {@code H + tanh(α) A} with one number α that starts at 0. */
    TANH
  }

  /** What a question without a picture sees. */
  public enum MissingPicture {
    /** A picture of zeros, like any other. */
    ZEROS,
    /** Nothing: its states are not changed. */
    MASKED
  }

  public GatedFusionConfig {
    if (heads < 1) {
      throw new IllegalArgumentException("heads must be at least 1, found " + heads);
    }
  }
}
