package dev.fusebox.t5;

/**
 * Where the scores come from. Up to version 4 of transformers one key says two things: {@code
 * tie_word_embeddings = true} is the embedding with the states scaled by 1/√D (T5 v1.0), {@code
 * false} a matrix of its own without a scale (v1.1, FLAN). Version 5 writes {@code true} always and
 * the scale as {@code scale_decoder_outputs}; whether the head is one of its own is then a matter
 * of what the checkpoint holds.
 */
public enum OutputHead {
  /** The embedding, scaled. */
  TIED(true, false),
  /** A matrix of its own, not scaled. */
  OWN(false, false),
  /** Not scaled; the checkpoint's own matrix where it differs from the embedding, else that. */
  AS_STORED(false, true),
  /** Scaled; the checkpoint's own matrix where it differs from the embedding, else that. */
  AS_STORED_SCALED(true, true);

  private final boolean scaled;
  private final boolean asStored;

  OutputHead(boolean scaled, boolean asStored) {
    this.scaled = scaled;
    this.asStored = asStored;
  }

  /** Whether the decoder's states are scaled by 1/√D first. */
  public boolean scaled() {
    return scaled;
  }

  /** Whether the checkpoint decides if the head is one of its own. */
  public boolean asStored() {
    return asStored;
  }

  /** The factor before the head of a model of width D. */
  public double scale(int width) {
    return scaled ? 1 / Math.sqrt(width) : 1;
  }
}
