package dev.fusebox.training.recipe;

/** How a model's text comes about; part of every result. */
public enum DecodingMode {
  /** Word after word from the model's own words. */
  GENERATED,
  /** Teacher forcing: each word given the gold words before it. So the paper's first tables. */
  TEACHER_FORCED,
  /**
   * Nothing is written: the answer is the option whose text has the highest log probability, as
   * lm-evaluation-harness's {@code acc} has it.
   */
  RANKED,
  /** The same by the log probability per token, in the spirit of its {@code acc_norm}. */
  RANKED_PER_TOKEN;

  /** Whether the options are compared and nothing is written. */
  public boolean ranks() {
    return this == RANKED || this == RANKED_PER_TOKEN;
  }

  /** Whether they are compared by the log probability per token. */
  public boolean perToken() {
    return this == RANKED_PER_TOKEN;
  }
}
