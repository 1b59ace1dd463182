package dev.fusebox.training.recipe;

/**
 * What a stage reads from the stage before it in training; in a test it always reads what was
 * generated.
 */
public enum UpstreamText {
  /** The text the earlier stage should have written, as mm-cot does. */
  GOLD,
  /** The text the earlier stage wrote. */
  GENERATED
}
