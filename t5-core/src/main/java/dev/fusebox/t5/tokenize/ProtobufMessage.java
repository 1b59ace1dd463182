package dev.fusebox.t5.tokenize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads protocol buffers: fields of numbers or bytes, each with its number in the schema. */
final class ProtobufMessage {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  /** What a field holds: a number, or bytes, which may be a message again. */
  record Field(long number, ByteBuffer bytes) {}

  /** Takes a field of a message. */
  @FunctionalInterface
  interface Use {
    void accept(int number, Field field);
  }

  private ProtobufMessage() {}

  /** Hands over the fields of a message, in their order. */
  static void forEach(ByteBuffer message, Use use) {
    ByteBuffer bytes = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      long key = varint(bytes);
      use.accept((int) (key >>> 3), field((int) (key & 7), bytes));
    }
  }

  private static Field field(int kind, ByteBuffer bytes) {
    return switch (kind) {
      case VARINT -> number(varint(bytes));
      case FIXED_64 -> number(bytes.getLong());
      case FIXED_32 -> number(bytes.getInt());
      case BYTES -> {
        int length = Math.toIntExact(varint(bytes));
        ByteBuffer part = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        yield new Field(0, part);
      }
      default -> throw new IllegalArgumentException("a field of unknown kind " + kind);
    };
  }

  private static Field number(long number) {
    return new Field(number, ByteBuffer.allocate(0));
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte part = bytes.get();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }
}
