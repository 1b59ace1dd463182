package dev.fusebox.training.recipe;

/** How a model's text comes about; part of every result. */
public enum DecodingMode {
  /** Word after word from the model's own words. */
  GENERATED,
  /**
   * Teacher forcing: each word given the gold words before it. What the first tables of the paper
   * hold.
   */
  TEACHER_FORCED
}
