package dev.fusebox.tensor;

/**
 * The number format of matrix products. Weights, norms, losses and everything between two operators
 * stay fp32.
 *
 * @since 0.1
 */
public enum Precision {
  /** fp32 throughout. */
  FLOAT32(6),
  /** bf16 products over fp32 master weights. */
  BFLOAT16(15);

  private final int code;

  Precision(int code) {
    this.code = code;
  }

  /** Torch's number of this format, for the {@code compute} argument of script functions. */
  public int code() {
    return code;
  }
}
