package dev.fusebox.array;

/** bfloat16: the upper half of an fp32 number. */
final class BrainFloat {

  private static final int QUIET_NAN = 0x40;

  /** Up to here numbers round to the largest. */
  static final float FIRST_THAT_ROUNDS_TO_INFINITY = Float.intBitsToFloat(0x7f7f8000);

  private BrainFloat() {}

  /** Rounded to nearest even. */
  static short of(float number) {
    int bits = Float.floatToRawIntBits(number);
    if (Float.isNaN(number)) {
      return (short) ((bits >>> 16) | QUIET_NAN);
    }
    int odd = (bits >>> 16) & 1;
    return (short) ((bits + 0x7fff + odd) >>> 16);
  }

  /** Exact. */
  static float toFloat(short number) {
    return Float.intBitsToFloat(number << 16);
  }
}
