package dev.fusebox.array;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A tensor of pictures in a file: (N, P, V), or (N, V) for one vector per picture. A row is read
 * where it lies; the file is never loaded. Safe for threads.
 *
 * @since 0.1
 */
public final class FeatureArray {

  /** Of one picture: 512 MB as fp32, a thousand times what any encoder gives. */
  private static final int MOST_NUMBERS = 1 << 27;

  private final MappedFile bytes;
  private final TensorReader reader;
  private final StoredTensor tensor;
  private final long rows;
  private final Shape row;
  private final List<Long> rowStrides;

  /**
   * @param tensor its shape as the file says
   */
  FeatureArray(MappedFile bytes, StoredTensor tensor) {
    int axes = tensor.shape().dimension();
    if (axes != 2 && axes != 3) {
      throw new UserError(
          "%s: features must have 3 axes (pictures, patches, width) or 2 (pictures, width), found shape %s"
              .formatted(bytes.file(), text(tensor.shape())));
    }
    this.bytes = bytes;
    this.reader = new TensorReader(bytes);
    this.tensor = tensor;
    this.rows = tensor.shape().get(0);
    this.row = axes == 3 ? tensor.shape().slice(1) : new Shape(1, tensor.shape().get(1));
    this.rowStrides =
        axes == 3 ? tensor.strides().subList(1, 3) : List.of(0L, tensor.strides().get(1));
    requireVectors();
    requireWhole();
  }

  private void requireVectors() {
    if (patches() < 1 || width() < 1 || (double) patches() * width() > MOST_NUMBERS) {
      throw new UserError(
          "%s: a picture must have at least one vector of at least one number, and at most %,d numbers in all, found shape %s"
              .formatted(bytes.file(), MOST_NUMBERS, text(tensor.shape())));
    }
  }

  private void requireWhole() {
    double last = 0; // extents may be anything
    for (int axis = 0; axis < tensor.strides().size(); axis++) {
      last += (tensor.shape().get(axis) - 1) * (double) tensor.strides().get(axis);
    }
    double needed = tensor.offset() + (rows == 0 ? 0 : (last + 1) * tensor.type().bytes());
    if (needed > bytes.size()) {
      throw new UserError(
          "%s is cut off: shape %s in %s needs %,.0f bytes, the file has %,d"
              .formatted(bytes.file(), text(tensor.shape()), tensor.type(), needed, bytes.size()));
    }
  }

  public Path file() {
    return bytes.file();
  }

  /** N: pictures. */
  public long rows() {
    return rows;
  }

  /** P: vectors per picture. */
  public int patches() {
    return (int) Math.min(Integer.MAX_VALUE, row.get(0));
  }

  /** V: numbers per vector. */
  public int width() {
    return (int) Math.min(Integer.MAX_VALUE, row.get(1));
  }

  /**
   * Writes one row, P × V numbers, the width fastest.
   *
   * @throws UserError if it holds a number that is too large for fp32
   */
  public void read(long number, FloatBuffer into) {
    long offset = tensor.offset() + number * tensor.strides().get(0) * tensor.type().bytes();
    try {
      reader.read(
          new StoredTensor("row " + number, tensor.type(), tensor.order(), row, rowStrides, offset),
          into);
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  /** A shape as NumPy writes it. */
  private static String text(Shape shape) {
    return LongStream.of(shape.getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
