package dev.fusebox.array;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** How a file stores a number. Everything is read as fp32. */
enum NumberType {
  BYTE(1) {
    @Override
    float at(ByteBuffer bytes, int position) {
      return bytes.get(position) & 0xff;
    }
  },
  FP16(2) {
    @Override
    float at(ByteBuffer bytes, int position) {
      return half(bytes.getShort(position));
    }
  },
  BF16(2) {
    @Override
    float at(ByteBuffer bytes, int position) {
      return Float.intBitsToFloat(bytes.getShort(position) << 16);
    }
  },
  FP32(4) {
    @Override
    float at(ByteBuffer bytes, int position) {
      return bytes.getFloat(position);
    }

    @Override
    void copy(ByteBuffer bytes, FloatBuffer into) {
      into.put(bytes.asFloatBuffer());
    }
  },
  FP64(8) {
    @Override
    float at(ByteBuffer bytes, int position) {
      return (float) bytes.getDouble(position);
    }
  };

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per number. */
  int bytes() {
    return bytes;
  }

  /** The number that starts at a byte. */
  abstract float at(ByteBuffer bytes, int position);

  /** Copies all numbers that lie side by side in {@code bytes}. */
  void copy(ByteBuffer bytes, FloatBuffer into) {
    for (int position = 0; position < bytes.limit(); position += this.bytes) {
      into.put(at(bytes, position));
    }
  }

  /** Shifts exponent and mantissa to fp32's place; the product rebiases, subnormals included. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int rest = (bits & 0x7fff) << 13;
    boolean finite = (bits & 0x7c00) != 0x7c00;
    float magnitude =
        finite ? Float.intBitsToFloat(rest) * 0x1p112f : Float.intBitsToFloat(rest | 0x7f800000);
    return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
  }
}
