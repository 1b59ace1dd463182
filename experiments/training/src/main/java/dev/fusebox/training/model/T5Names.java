package dev.fusebox.training.model;

/** The names that T5's own parameters have in a model. */
final class T5Names {

  /** Whatever else a model has belongs to its fusion. */
  private static final String OWN =
      "(shared|lm_head)\\.weight|(en|de)coder\\.(block\\.\\d+\\..*|final_layer_norm\\.weight)";

  private static final String MATRICES =
      "(shared|lm_head)\\.weight|(en|de)coder\\.block\\..*\\.(q|k|v|o|wi|wi_0|wi_1|wo)\\.weight";

  private T5Names() {}

  /** Whether a name is T5's, or of something that was added to one of its matrices. */
  static boolean isOfT5(String name) {
    return name.matches(OWN);
  }

  /** Whether a name is that of a matrix, or a table of tokens, of T5 itself. */
  static boolean isMatrix(String name) {
    return name.matches(MATRICES);
  }

  /** Whether a name is that of a matrix in T5's blocks, which is multiplied with alone. */
  static boolean isMatrixOfBlock(String name) {
    return isMatrix(name) && name.contains(".block.");
  }
}
