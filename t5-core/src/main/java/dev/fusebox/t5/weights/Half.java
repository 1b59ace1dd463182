package dev.fusebox.t5.weights;

/** IEEE 754 half precision, which Java knows from version 20 on only. */
final class Half {

  private static final int SIGN = 0x8000;
  private static final int MANTISSA_BITS = 10;
  private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
  private static final int EXPONENT = 0x1f;
  private static final int BIAS_DIFFERENCE = 127 - 15;
  private static final float SUBNORMAL_UNIT = 0x1p-24f;

  private Half() {}

  /** Exact. */
  static float toFloat(short half) {
    int mantissa = half & MANTISSA;
    int exponent = half >> MANTISSA_BITS & EXPONENT;
    int sign = (half & SIGN) << 16;
    if (exponent == 0) {
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(mantissa * SUBNORMAL_UNIT));
    }
    int wide = exponent == EXPONENT ? 0xff : exponent + BIAS_DIFFERENCE;
    return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
  }
}
