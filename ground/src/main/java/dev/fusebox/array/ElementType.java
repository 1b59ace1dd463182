package dev.fusebox.array;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one number of a stored tensor is; the constants carry the names of the safetensors format.
 */
public enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** The type of that safetensors name, if it is one that can be read here. */
  public static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** How many bytes one number takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether it is one of F64, F32, F16 and BF16. */
  public boolean floating() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /**
   * Turns the rest of {@code from}, little-endian, into fp32 numbers: exact from F32, F16 and BF16,
   * rounded to nearest from F64.
   *
   * @throws ArithmeticException if a finite number is too large for fp32
   * @throws IllegalArgumentException if this is not a floating type
   */
  public void decode(ByteBuffer from, FloatBuffer into) {
    switch (this) {
      case F32 -> {
        into.put(from.asFloatBuffer());
        from.position(from.limit());
      }
      case F64 -> {
        while (from.hasRemaining()) {
          into.put(narrow(from.getDouble()));
        }
      }
      case F16 -> {
        while (from.hasRemaining()) {
          into.put(Half.toFloat(from.getShort()));
        }
      }
      case BF16 -> {
        while (from.hasRemaining()) {
          into.put(BrainFloat.toFloat(from.getShort()));
        }
      }
      default -> throw new IllegalArgumentException(this + " is not a floating type");
    }
  }

  private static float narrow(double number) {
    float narrow = (float) number;
    if (Float.isInfinite(narrow) && !Double.isInfinite(number)) {
      throw new ArithmeticException(number + ", more than fp32 can hold");
    }
    return narrow;
  }

  /** Whether a finite number would become infinite. */
  private boolean overflows(float number) {
    float magnitude = Math.abs(number);
    return switch (this) {
      case F16 -> magnitude >= Half.FIRST_THAT_ROUNDS_TO_INFINITY && Float.isFinite(number);
      case BF16 -> magnitude >= BrainFloat.FIRST_THAT_ROUNDS_TO_INFINITY && Float.isFinite(number);
      default -> false;
    };
  }

  private float checked(float number) {
    if (overflows(number)) {
      throw new ArithmeticException(number + ", more than " + this + " can hold");
    }
    return number;
  }

  /**
   * Writes fp32 numbers, little-endian, rounded to nearest even where this type is narrower.
   *
   * @throws ArithmeticException if a finite number is too large for this type
   * @throws IllegalArgumentException if this is not a floating type
   */
  public void encode(FloatBuffer from, ByteBuffer into) {
    switch (this) {
      case F32 -> {
        into.asFloatBuffer().put(from.duplicate());
        into.position(into.position() + from.remaining() * Float.BYTES);
      }
      case F64 -> {
        while (from.hasRemaining()) {
          into.putDouble(from.get());
        }
      }
      case F16 -> {
        while (from.hasRemaining()) {
          into.putShort(Half.of(checked(from.get())));
        }
      }
      case BF16 -> {
        while (from.hasRemaining()) {
          into.putShort(BrainFloat.of(checked(from.get())));
        }
      }
      default -> throw new IllegalArgumentException(this + " is not a floating type");
    }
  }

  /**
   * The next whole number of {@code from}, little-endian; true is 1.
   *
   * @throws IllegalArgumentException if this is a floating type
   */
  public long decodeWhole(ByteBuffer from) {
    return switch (this) {
      case I64 -> from.getLong();
      case I32 -> from.getInt();
      case I16 -> from.getShort();
      case I8 -> from.get();
      case U8 -> Byte.toUnsignedInt(from.get());
      case BOOL -> from.get() == 0 ? 0 : 1;
      default -> throw new IllegalArgumentException(this + " is not a whole-number type");
    };
  }
}
