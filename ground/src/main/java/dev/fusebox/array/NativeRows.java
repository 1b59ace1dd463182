package dev.fusebox.array;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of an array that torch owns, as Java can reach it: a buffer holds at most 2 GiB, so
 * that a larger array is reached by so many rows at a time.
 *
 * @since 0.1
 */
public final class NativeRows {

  private static final long MOST_BYTES = Integer.MAX_VALUE;

  private NativeRows() {}

  /** Reads or fills some rows. */
  @FunctionalInterface
  public interface Use<E extends Exception> {

    /**
     * Takes the memory of some rows.
     *
     * @param bytes all of them, row-major, in the machine's byte order
     */
    void take(Rows rows, ByteBuffer bytes) throws E;
  }

  /**
   * Goes through an array in the processor's memory from beginning to end.
   *
   * @param width bytes of a number
   * @throws IllegalArgumentException if a single row takes more than 2 GiB
   */
  public static <E extends Exception> void forEach(NDArray array, int width, Use<E> use) throws E {
    forEach(array, width, MOST_BYTES, use);
  }

  static <E extends Exception> void forEach(NDArray array, int width, long most, Use<E> use)
      throws E {
    Shape shape = array.getShape();
    long rows = shape.dimension() == 0 ? 1 : shape.get(0);
    if (shape.size() == 0) {
      return;
    }
    if (shape.size() * width <= most) {
      use.take(new Rows(0, rows), bytes(array));
      return;
    }
    long atOnce = most / (shape.size() / rows * width);
    if (atOnce == 0) {
      throw new IllegalArgumentException(
          "a row of an array of shape " + shape + " takes more than 2 GiB");
    }
    for (long first = 0; first < rows; first += atOnce) {
      Rows some = new Rows(first, Math.min(atOnce, rows - first));
      try (NDArray part = array.get(new NDIndex().addSliceDim(first, first + some.count()))) {
        use.take(some, bytes(part));
      }
    }
  }

  private static ByteBuffer bytes(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
  }
}
