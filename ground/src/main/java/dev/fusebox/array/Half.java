package dev.fusebox.array;

/** IEEE 754 half precision, which Java knows from version 20 on only. */
final class Half {

  private static final int SIGN = 0x8000;
  private static final int MANTISSA_BITS = 10;
  private static final int EXPONENT = 0x1f;
  private static final int QUIET_NAN = 1 << (MANTISSA_BITS - 1);
  private static final int BIAS_DIFFERENCE = 127 - 15;
  private static final float SUBNORMAL_UNIT = 0x1p-24f;
  private static final float SMALLEST_NORMAL = 0x1p-14f;

  /** Up to here numbers round to the largest. */
  static final float FIRST_THAT_ROUNDS_TO_INFINITY = 65520;

  private Half() {}

  /** Rounded to nearest even; what is too large becomes infinite. */
  static short of(float number) {
    int bits = Float.floatToRawIntBits(number);
    int sign = (bits >>> 16) & SIGN;
    float magnitude = Math.abs(number);
    if (Float.isNaN(number)) {
      return (short) (sign | (EXPONENT << MANTISSA_BITS) | QUIET_NAN);
    }
    if (magnitude >= FIRST_THAT_ROUNDS_TO_INFINITY) {
      return (short) (sign | (EXPONENT << MANTISSA_BITS));
    }
    if (magnitude < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(magnitude / SUBNORMAL_UNIT));
    }
    int narrow = (bits & 0x7fffffff) - (BIAS_DIFFERENCE << 23);
    int odd = (narrow >> 13) & 1;
    return (short) (sign | ((narrow + 0xfff + odd) >> 13));
  }

  /**
   * Exact. Exponent and mantissa move to fp32's place; the product rebiases them, subnormals
   * included.
   */
  static float toFloat(short half) {
    int sign = (half & SIGN) << 16;
    int rest = (half & ~SIGN & 0xffff) << 13;
    boolean finite = (half >> MANTISSA_BITS & EXPONENT) != EXPONENT;
    float magnitude =
        finite ? Float.intBitsToFloat(rest) * 0x1p112f : Float.intBitsToFloat(rest | 0x7f800000);
    return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
  }
}
