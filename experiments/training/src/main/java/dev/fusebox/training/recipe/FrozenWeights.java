package dev.fusebox.training.recipe;

/**
 * {@code model.frozenWeights}: what a language model is held in that stays as it is. Its products
 * are computed as {@code training.precision} says, whatever it is held in.
 */
public enum FrozenWeights {
  FLOAT32,
  BFLOAT16,
  /**
   * The matrices of the blocks in a byte a number, each row in units of 1/127 of its largest; the
   * tables of tokens in bfloat16.
   */
  INT8
}
