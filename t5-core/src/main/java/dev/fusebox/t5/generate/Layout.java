package dev.fusebox.t5.generate;

/** How a matrix (out, in) is stored; {@code product} in {@code generate.py}. */
enum Layout {
  /** As it is. */
  PLAIN(0),
  /** (in, out). */
  TRANSPOSED(1),
  /** As it is, and the product is taken as {@code (W · xᵀ)ᵀ}. */
  FROM_LEFT(2),
  /** In oneDNN's blocks. */
  PACKED(3),
  /** As it is, in bfloat16: half the memory to read, three significant digits. */
  BFLOAT16(4);

  private final int code;

  Layout(int code) {
    this.code = code;
  }

  /** The number that the script knows this by. */
  int code() {
    return code;
  }
}
