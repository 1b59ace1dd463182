package dev.fusebox.array;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.file.FileFormatException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A tensor as it lies in a file.
 *
 * @param name its name in the file
 * @param type what its numbers are
 * @param order the order of the bytes of a number
 * @param shape its extent along each axis; empty for a single number
 * @param strides the distance of neighbours along each axis, in numbers, not bytes
 * @param offset where its first number lies, in bytes from the start of the file
 * @since 0.1
 */
public record StoredTensor(
    String name, ElementType type, ByteOrder order, Shape shape, List<Long> strides, long offset) {

  public StoredTensor {
    strides = List.copyOf(strides);
    if (strides.size() != shape.dimension()) {
      throw new IllegalArgumentException(
          name + ": shape " + shape + " with " + strides.size() + " strides");
    }
  }

  /** A little-endian tensor whose last axis lies together, as safetensors stores all of them. */
  static StoredTensor contiguous(String name, ElementType type, Shape shape, long offset) {
    return new StoredTensor(name, type, ByteOrder.LITTLE_ENDIAN, shape, rowMajor(shape), offset);
  }

  /** Strides of an array whose last axis is the fastest. */
  static List<Long> rowMajor(Shape shape) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (int axis = shape.dimension() - 1; axis >= 0; axis--) {
      strides.add(stride);
      stride *= Math.max(1, shape.get(axis));
    }
    Collections.reverse(strides);
    return strides;
  }

  /** Strides of an array whose first axis is the fastest. */
  static List<Long> columnMajor(Shape shape) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (long extent : shape.getShape()) {
      strides.add(stride);
      stride *= Math.max(1, extent);
    }
    return strides;
  }

  /** No name is longer, and each is one line: names stand in messages and in other files. */
  private static final int LONGEST_NAME = 1000;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]");

  /**
   * Makes sure that a name of a file is one.
   *
   * @throws FileFormatException if it is too long or holds control characters
   */
  static void requireName(Path file, String name) throws FileFormatException {
    if (name.length() > LONGEST_NAME) {
      throw new FileFormatException(
          file,
          "the name of a tensor has at most "
              + LONGEST_NAME
              + " characters, found "
              + name.length()
              + ", beginning with "
              + CONTROL.matcher(name.substring(0, 60)).replaceAll("?"));
    }
    if (CONTROL.matcher(name).find()) {
      throw new FileFormatException(
          file,
          "the name of a tensor holds a control character: "
              + CONTROL.matcher(name).replaceAll("?"));
    }
  }

  /** Some of its rows, where they lie. */
  public StoredTensor rows(Rows rows) {
    if (shape.dimension() == 0) {
      return this;
    }
    Shape part = new Shape(rows.count()).addAll(shape.slice(1));
    long start = offset + rows.first() * strides.get(0) * type.bytes();
    return new StoredTensor(name, type, order, part, strides, start);
  }

  /** How many numbers it holds. */
  public long size() {
    return shape.size();
  }

  /** How many bytes its numbers take once each has a place of its own. */
  double bytes() {
    double bytes = type.bytes();
    for (long extent : shape.getShape()) {
      bytes *= extent;
    }
    return bytes;
  }

  /** Whether its numbers lie in the file one after the other, in row-major order. */
  public boolean isContiguous() {
    List<Long> wanted = rowMajor(shape);
    for (int axis = 0; axis < strides.size(); axis++) {
      if (shape.get(axis) != 1 && !strides.get(axis).equals(wanted.get(axis))) {
        return size() == 0;
      }
    }
    return true;
  }

  /** Where a number lies, counted in numbers from the first. */
  long place(long... index) {
    long place = 0;
    for (int axis = 0; axis < index.length; axis++) {
      place += index[axis] * strides.get(axis);
    }
    return place;
  }

  /** How many bytes of the file it spans, from its first number to its last. */
  public long span() {
    if (size() == 0) {
      return 0;
    }
    long last = 0;
    for (int axis = 0; axis < strides.size(); axis++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(axis) - 1, strides.get(axis)));
    }
    return Math.multiplyExact(last + 1, type.bytes());
  }

  /** Whether it is the other tensor under another name, in the same file. */
  public boolean samePlace(StoredTensor other) {
    return type == other.type
        && order.equals(other.order)
        && offset == other.offset
        && shape.equals(other.shape)
        && strides.equals(other.strides);
  }

  /** The same tensor under another name. */
  public StoredTensor named(String other) {
    return new StoredTensor(other, type, order, shape, strides, offset);
  }
}
