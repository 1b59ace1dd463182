package dev.fusebox.fusion;

/**
 * Whether dropout is on.
 *
 * @since 0.1
 */
public enum Mode {
  /** Dropout on. */
  TRAINING,
  /** Dropout off. */
  INFERENCE;

  /** {@code rate} in training, else 0. */
  public double dropout(double rate) {
    return this == TRAINING ? rate : 0;
  }
}
