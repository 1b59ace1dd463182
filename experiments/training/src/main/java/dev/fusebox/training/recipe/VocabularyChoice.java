package dev.fusebox.training.recipe;

/** {@code model.vocabulary}: which pieces of a tokenizer a fresh model knows. */
public enum VocabularyChoice {
  /** All of them. */
  ALL,
  /**
   * Those that the training split's texts use, and all single characters: the embedding and the
   * head of a small model become a fraction of what they were.
   */
  USED
}
