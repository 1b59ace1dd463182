package dev.fusebox.training.batch;

/** {@code training.batches.fill}: when a batch is full. */
public enum BatchFill {
  /** At so many questions. */
  QUESTIONS,
  /**
   * At so many tokens, padding included: few long questions or many short ones. The budget is the
   * least with which an epoch has as many batches as with questions.
   */
  TOKENS
}
