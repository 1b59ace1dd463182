package dev.fusebox.array;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The header of an array in NumPy's format as it is written: version 1, C order.
 *
 * @since 0.1
 */
public final class NpyHeader {

  /** NumPy wants the data to start at a multiple of this. */
  private static final int STEP = 64;

  private static final int FIXED = 10; // bytes of magic, version and length

  private NpyHeader() {}

  /**
   * The header of an array of known size.
   *
   * @param type of its numbers, little-endian
   */
  static ByteBuffer of(ElementType type, long... shape) {
    String dictionary = dictionary(type, shape);
    int length = (FIXED + dictionary.length() + 1 + STEP - 1) / STEP * STEP;
    return filled(dictionary, length);
  }

  /**
   * The header of an array of little-endian fp32 numbers that still grows: it takes {@code length}
   * bytes however many rows there are, so that it can be written anew at the end.
   *
   * @param length in bytes, a multiple of 64
   */
  public static ByteBuffer growing(int length, long... shape) {
    return filled(dictionary(ElementType.F32, shape), length);
  }

  private static String dictionary(ElementType type, long... shape) {
    return String.format(
        Locale.ROOT,
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }",
        type.npy(),
        tuple(shape));
  }

  /** As Python writes it: a comma stands behind a single number only. */
  private static String tuple(long... shape) {
    String numbers =
        Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return shape.length == 1 ? "(" + numbers + ",)" : "(" + numbers + ")";
  }

  private static ByteBuffer filled(String dictionary, int length) {
    int room = length - FIXED;
    if (dictionary.length() >= room || length % STEP != 0) {
      throw new IllegalArgumentException(
          "length must be a multiple of %d and have room for %s, found %d"
              .formatted(STEP, dictionary, length));
    }
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(NpyFile.MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) room)
        .put(
            (dictionary + " ".repeat(room - dictionary.length() - 1) + "\n")
                .getBytes(StandardCharsets.US_ASCII))
        .flip();
  }
}
