package dev.fusebox.experiments.features;

/** What a fusion sees where a question has no picture. */
public enum MissingPicture {
  /** A masked row: no picture. */
  MASK,
  /** Unmasked zeros, as mm-cot's checkpoints were trained. */
  ZEROS
}
