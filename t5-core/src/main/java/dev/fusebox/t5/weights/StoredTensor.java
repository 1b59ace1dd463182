package dev.fusebox.t5.weights;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A tensor as it lies in a file.
 *
 * @param name its name in the file
 * @param type what its numbers are, little-endian
 * @param shape its extent along each axis; empty for a single number
 * @param strides the distance of neighbours along each axis, in numbers, not bytes
 * @param offset where its first number lies, in bytes from the start of the file
 */
public record StoredTensor(
    String name, ElementType type, Shape shape, List<Long> strides, long offset) {

  public StoredTensor {
    strides = List.copyOf(strides);
    if (strides.size() != shape.dimension()) {
      throw new IllegalArgumentException(
          name + ": shape " + shape + " with " + strides.size() + " strides");
    }
  }

  /** A tensor whose last axis lies together, as safetensors stores all of them. */
  static StoredTensor contiguous(String name, ElementType type, Shape shape, long offset) {
    return new StoredTensor(name, type, shape, rowMajor(shape), offset);
  }

  private static List<Long> rowMajor(Shape shape) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (int axis = shape.dimension() - 1; axis >= 0; axis--) {
      strides.add(stride);
      stride *= Math.max(1, shape.get(axis));
    }
    Collections.reverse(strides);
    return strides;
  }

  /** How many numbers it holds. */
  public long size() {
    return shape.size();
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
  boolean samePlace(StoredTensor other) {
    return type == other.type
        && offset == other.offset
        && shape.equals(other.shape)
        && strides.equals(other.strides);
  }

  /** The same tensor under another name. */
  StoredTensor named(String other) {
    return new StoredTensor(other, type, shape, strides, offset);
  }
}
