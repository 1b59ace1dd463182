package dev.fusebox.training.recipe;

/**
 * What a stage reads from the stage before it, while learning; in a test it reads what was written.
 */
public enum UpstreamText {
  /** The text the earlier stage should have written, as mm-cot does. */
  GOLD,
  /** The text the earlier stage wrote. */
  GENERATED
}
