package dev.fusebox.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one number of a stored tensor is; the constants carry the names of the safetensors format.
 * Buffers are read and written in their own byte order.
 *
 * @since 0.1
 */
public enum ElementType {
  F64(8, "f8", "DoubleStorage") {
    @Override
    public void decode(ByteBuffer from, FloatBuffer into) {
      while (from.hasRemaining()) {
        into.put(narrow(from.getDouble()));
      }
    }

    @Override
    public void encode(FloatBuffer from, ByteBuffer into) {
      while (from.hasRemaining()) {
        into.putDouble(from.get());
      }
    }
  },
  F32(4, "f4", "FloatStorage") {
    @Override
    public void decode(ByteBuffer from, FloatBuffer into) {
      into.put(from.asFloatBuffer());
      from.position(from.limit());
    }

    @Override
    public void encode(FloatBuffer from, ByteBuffer into) {
      into.asFloatBuffer().put(from.duplicate());
      into.position(into.position() + from.remaining() * Float.BYTES);
    }
  },
  F16(2, "f2", "HalfStorage") {
    @Override
    public void decode(ByteBuffer from, FloatBuffer into) {
      while (from.hasRemaining()) {
        into.put(Half.toFloat(from.getShort()));
      }
    }

    @Override
    public void encode(FloatBuffer from, ByteBuffer into) {
      while (from.hasRemaining()) {
        into.putShort(Half.of(fitting(from.get(), Half.FIRST_THAT_ROUNDS_TO_INFINITY)));
      }
    }
  },
  BF16(2, "", "BFloat16Storage") {
    @Override
    public void decode(ByteBuffer from, FloatBuffer into) {
      while (from.hasRemaining()) {
        into.put(BrainFloat.toFloat(from.getShort()));
      }
    }

    @Override
    public void encode(FloatBuffer from, ByteBuffer into) {
      while (from.hasRemaining()) {
        into.putShort(BrainFloat.of(fitting(from.get(), BrainFloat.FIRST_THAT_ROUNDS_TO_INFINITY)));
      }
    }
  },
  I64(8, "i8", "LongStorage") {
    @Override
    public long decodeWhole(ByteBuffer from) {
      return from.getLong();
    }
  },
  I32(4, "i4", "IntStorage") {
    @Override
    public long decodeWhole(ByteBuffer from) {
      return from.getInt();
    }
  },
  I16(2, "i2", "ShortStorage") {
    @Override
    public long decodeWhole(ByteBuffer from) {
      return from.getShort();
    }
  },
  I8(1, "i1", "CharStorage") {
    @Override
    public long decodeWhole(ByteBuffer from) {
      return from.get();
    }
  },
  U8(1, "u1", "ByteStorage") {
    @Override
    public void decode(ByteBuffer from, FloatBuffer into) {
      while (from.hasRemaining()) {
        into.put(Byte.toUnsignedInt(from.get()));
      }
    }

    @Override
    public long decodeWhole(ByteBuffer from) {
      return Byte.toUnsignedInt(from.get());
    }
  },
  BOOL(1, "b1", "BoolStorage") {
    @Override
    public long decodeWhole(ByteBuffer from) {
      return from.get() == 0 ? 0 : 1;
    }
  };

  private final int bytes;
  private final String npyName;
  private final String torchStorage;

  ElementType(int bytes, String npyName, String torchStorage) {
    this.bytes = bytes;
    this.npyName = npyName;
    this.torchStorage = torchStorage;
  }

  /** The type of that safetensors name, if it is one that can be read here. */
  public static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The type of an npy descriptor ({@code <f4}, {@code |u1}), if there is one. */
  static Optional<ElementType> ofNpy(String descriptor) {
    return Arrays.stream(values())
        .filter(type -> !type.npyName.isEmpty())
        .filter(type -> descriptor.matches(type.npyOrders() + type.npyName))
        .findFirst();
  }

  private String npyOrders() {
    return bytes == 1 ? "\\|" : "[<>=]";
  }

  /** NumPy's descriptor of it, little-endian; it has none of BF16. */
  String npy() {
    return (bytes == 1 ? "|" : "<") + npyName;
  }

  /** The byte order of an npy descriptor. */
  static ByteOrder npyOrder(String descriptor) {
    return descriptor.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** The class of its storages in torch, {@code FloatStorage}. */
  String torchStorage() {
    return torchStorage;
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
   * Turns the rest of {@code from} into fp32 numbers: exact from F32, F16, BF16 and whole numbers
   * of up to 16 bits, else rounded to nearest.
   *
   * @throws ArithmeticException if a finite number is too large for fp32
   */
  public void decode(ByteBuffer from, FloatBuffer into) {
    while (from.hasRemaining()) {
      into.put((float) decodeWhole(from));
    }
  }

  /**
   * Writes fp32 numbers, rounded to nearest even where this type is narrower.
   *
   * @throws ArithmeticException if a finite number is too large for this type
   * @throws IllegalArgumentException if this is not a floating type
   */
  public void encode(FloatBuffer from, ByteBuffer into) {
    throw new IllegalArgumentException(this + " is not a floating type");
  }

  /**
   * The next whole number of {@code from}; true is 1.
   *
   * @throws IllegalArgumentException if this is a floating type
   */
  public long decodeWhole(ByteBuffer from) {
    throw new IllegalArgumentException(this + " is not a whole-number type");
  }

  private static float narrow(double number) {
    float narrow = (float) number;
    if (Float.isInfinite(narrow) && !Double.isInfinite(number)) {
      throw new ArithmeticException(number + ", more than fp32 can hold");
    }
    return narrow;
  }

  /** The number, unless it is finite and would become infinite. */
  float fitting(float number, float firstThatRoundsToInfinity) {
    if (Math.abs(number) >= firstThatRoundsToInfinity && Float.isFinite(number)) {
      throw new ArithmeticException(number + ", more than " + this + " can hold");
    }
    return number;
  }
}
