package dev.fusebox.t5;

/**
 * How a model that knows its language is fitted to a task: what is added to it, and whether its own
 * numbers learn. What is added always learns.
 */
public interface Adaptation {

  /** Nothing is added, and everything learns. */
  Adaptation WHOLE = () -> true;

  /** Whether the numbers that the model had before learn. */
  boolean tunesBase();

  /** Whether a parameter was added. */
  default boolean adds(String parameter) {
    return false;
  }

  /** What a weight matrix is. */
  default Matrices matrices() {
    return Matrices.PLAIN;
  }

  /** How many vectors stand before the text that the encoder reads. */
  default int virtualTokens() {
    return 0;
  }
}
