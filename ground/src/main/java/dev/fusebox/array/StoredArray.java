package dev.fusebox.array;

import dev.fusebox.file.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * An array of pictures in a file: (N, P, V), or (N, V) for one vector per picture. A row is read
 * where it lies; the file is never loaded. Safe for threads.
 */
public final class StoredArray {

  /** Of one picture: 512 MB as fp32, a thousand times what any encoder gives. */
  private static final int MOST_NUMBERS = 1 << 27;

  private final MappedFile bytes;
  private final long offset;
  private final NumberType type;
  private final ByteOrder order;
  private final long[] shape;
  private final long[] strides;

  /**
   * @param offset of the first number, in bytes
   * @param shape as the file says
   * @param strides numbers between neighbours along each axis
   */
  StoredArray(
      MappedFile bytes,
      long offset,
      NumberType type,
      ByteOrder order,
      long[] shape,
      long[] strides) {
    if (shape.length != 2 && shape.length != 3) {
      throw new UserError(
          "%s: features must have 3 axes (pictures, patches, width) or 2 (pictures, width), found shape %s"
              .formatted(bytes.file(), text(shape)));
    }
    this.bytes = bytes;
    this.offset = offset;
    this.type = type;
    this.order = order;
    this.shape = shape.length == 3 ? shape.clone() : new long[] {shape[0], 1, shape[1]};
    this.strides = shape.length == 3 ? strides.clone() : new long[] {strides[0], 0, strides[1]};
    requireVectors(shape);
    requireWhole(shape);
  }

  private void requireVectors(long[] declared) {
    if (patches() < 1 || width() < 1 || (double) patches() * width() > MOST_NUMBERS) {
      throw new UserError(
          "%s: a picture must have at least one vector of at least one number, and at most %,d numbers in all, found shape %s"
              .formatted(bytes.file(), MOST_NUMBERS, text(declared)));
    }
  }

  private void requireWhole(long[] declared) {
    double last = 0; // extents may be anything
    for (int axis = 0; axis < 3; axis++) {
      last += (shape[axis] - 1) * (double) strides[axis];
    }
    boolean empty = shape[0] == 0;
    double needed = empty ? offset : offset + (last + 1) * type.bytes();
    if (needed > bytes.size()) {
      throw new UserError(
          "%s is cut off: shape %s in %s needs %,.0f bytes, the file has %,d"
              .formatted(bytes.file(), text(declared), type, needed, bytes.size()));
    }
  }

  /** Strides of an array whose last axis is the fastest. */
  static long[] rowMajor(long... shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  /** Strides of an array whose first axis is the fastest. */
  static long[] columnMajor(long... shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  public Path file() {
    return bytes.file();
  }

  /** N: pictures. */
  public long rows() {
    return shape[0];
  }

  /** P: vectors per picture. */
  public int patches() {
    return (int) Math.min(Integer.MAX_VALUE, shape[1]);
  }

  /** V: numbers per vector. */
  public int width() {
    return (int) Math.min(Integer.MAX_VALUE, shape[2]);
  }

  /** Writes one row, P × V numbers, the width fastest. */
  public void read(long row, FloatBuffer into) {
    long start = row * strides[0];
    boolean contiguous = strides[2] == 1 && (strides[1] == shape[2] || shape[1] == 1);
    if (contiguous) {
      copy(start, shape[1] * shape[2], into);
    } else {
      gather(start, into);
    }
  }

  private void copy(long start, long count, FloatBuffer into) {
    int most = MappedFile.LONGEST / type.bytes();
    for (long done = 0; done < count; done += most) {
      int length = (int) Math.min(count - done, most) * type.bytes();
      type.copy(bytes.piece(byteAt(start + done), length, order), into);
    }
  }

  private void gather(long start, FloatBuffer into) {
    for (long patch = 0; patch < shape[1]; patch++) {
      for (long feature = 0; feature < shape[2]; feature++) {
        long at = byteAt(start + patch * strides[1] + feature * strides[2]);
        ByteBuffer segment = bytes.segment(at, order);
        into.put(type.at(segment, MappedFile.positionInSegment(at)));
      }
    }
  }

  private long byteAt(long number) {
    return offset + number * type.bytes();
  }

  /** A shape as NumPy writes it. */
  static String text(long... shape) {
    return LongStream.of(shape)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
