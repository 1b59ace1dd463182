package dev.fusebox.t5.generate.fast;

/** How a matrix (out, in) is stored; {@code product} in {@code products.py}. */
public enum Layout {
  /** As it is. */
  PLAIN(0),
  /** (in, out). */
  TRANSPOSED(1),
  /** In oneDNN's blocks. */
  PACKED(2),
  /** As it is, in bfloat16: half the memory to read, three significant digits. */
  BFLOAT16(3),
  /** Each row in bytes with a scale of its own: a quarter of the memory to read, two digits. */
  BYTES(4);

  private final int code;

  Layout(int code) {
    this.code = code;
  }

  /** The number that the script knows this by. */
  int code() {
    return code;
  }
}
