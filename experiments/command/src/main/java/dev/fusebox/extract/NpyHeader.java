package dev.fusebox.extract;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The header of an fp32 array (N, P, V) in NumPy's format, version 1, little-endian, C order. It
 * has the same length whatever N is, so that it can be written anew when N is known.
 */
final class NpyHeader {

  /** Where the numbers begin, in bytes. */
  static final int LENGTH = 128;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private NpyHeader() {}

  static ByteBuffer of(long rows, int patches, int width) {
    String dictionary =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d), }"
            .formatted(rows, patches, width);
    int room = LENGTH - MAGIC.length - Short.BYTES;
    String filled = dictionary + " ".repeat(room - 1 - dictionary.length()) + "\n";
    return ByteBuffer.allocate(LENGTH)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) room)
        .put(filled.getBytes(StandardCharsets.US_ASCII))
        .flip();
  }
}
