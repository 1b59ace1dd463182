package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/**
 * Reads numbers of stored tensors in row-major order, however they lie in the file: one after the
 * other they are handed over as they are, piece by piece; else they are gathered from the mapped
 * file. As safe for threads as the bytes it reads from.
 *
 * @since 0.1
 */
public final class TensorReader implements AutoCloseable {

  /** Takes bytes, in the tensor's byte order. */
  @FunctionalInterface
  interface ByteSink {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /** Bytes that are read or gathered at a time, at most. */
  static final int CHUNK = 1 << 20;

  private final FileBytes bytes;

  TensorReader(FileBytes bytes) {
    this.bytes = bytes;
  }

  /** Reads tensors from beginning to end. */
  public TensorReader(Path file) throws IOException {
    this(StreamedFile.open(file));
  }

  /**
   * Writes the numbers of a tensor of fractions as fp32.
   *
   * @throws IllegalArgumentException if the tensor holds whole numbers
   */
  public void readFractions(StoredTensor tensor, FloatBuffer into) throws IOException {
    if (!tensor.type().floating()) {
      throw new IllegalArgumentException(
          bytes.file() + ": " + tensor.name() + " holds whole numbers (" + tensor.type() + ")");
    }
    read(tensor, into);
  }

  /**
   * Writes the numbers of a tensor of fractions as bfloat16, rounded to nearest even, in the
   * buffer's byte order; those that are bfloat16 go over as they are.
   *
   * @throws IllegalArgumentException if the tensor holds whole numbers
   */
  public void readBrainFloats(StoredTensor tensor, ByteBuffer into) throws IOException {
    if (!tensor.type().floating()) {
      throw new IllegalArgumentException(
          bytes.file() + ": " + tensor.name() + " holds whole numbers (" + tensor.type() + ")");
    }
    FloatBuffer numbers = FloatBuffer.allocate(CHUNK / tensor.type().bytes());
    forEachChunk(
        tensor,
        piece -> {
          if (tensor.type() == ElementType.BF16 && piece.order() == into.order()) {
            into.put(piece);
          } else {
            decode(tensor, piece, numbers.clear());
            ElementType.BF16.encode(numbers.flip(), into);
          }
        });
  }

  /** Writes the numbers of a tensor of any type as fp32. */
  void read(StoredTensor tensor, FloatBuffer into) throws IOException {
    forEachChunk(tensor, piece -> decode(tensor, piece, into));
  }

  /** Decodes a piece of the tensor's numbers. */
  void decode(StoredTensor tensor, ByteBuffer piece, FloatBuffer into) throws IOException {
    try {
      tensor.type().decode(piece, into);
    } catch (ArithmeticException e) {
      throw new FileFormatException(bytes.file(), tensor.name() + " holds " + e.getMessage());
    }
  }

  /** The tensor's whole numbers. */
  long[] readWhole(StoredTensor tensor) throws IOException {
    if (tensor.type().floating()) {
      throw new IllegalArgumentException(
          bytes.file() + ": " + tensor.name() + " holds fractions (" + tensor.type() + ")");
    }
    long[] numbers = new long[Math.toIntExact(tensor.size())];
    int[] filled = {0};
    forEachChunk(
        tensor,
        piece -> {
          while (piece.hasRemaining()) {
            numbers[filled[0]++] = tensor.type().decodeWhole(piece);
          }
        });
    return numbers;
  }

  /** Hands over the tensor's numbers as they are stored, piece by piece. */
  void forEachChunk(StoredTensor tensor, ByteSink use) throws IOException {
    if (tensor.isContiguous()) {
      inPlace(tensor, use);
    } else {
      gather(tensor, use);
    }
  }

  private void inPlace(StoredTensor tensor, ByteSink use) throws IOException {
    long end = tensor.offset() + tensor.size() * tensor.type().bytes();
    int most = bytes.longest();
    for (long start = tensor.offset(); start < end; start += most) {
      use.accept(bytes.piece(start, (int) Math.min(most, end - start), tensor.order()));
    }
  }

  private void gather(StoredTensor tensor, ByteSink use) throws IOException {
    MappedFile source = bytes.mapped();
    if (tensor.offset() + tensor.span() > source.size()) {
      throw ended(source);
    }
    int width = tensor.type().bytes();
    ByteBuffer chunk =
        ByteBuffer.allocate((int) Math.min(CHUNK, tensor.size() * width)).order(tensor.order());
    int last = tensor.strides().size() - 1;
    long length = tensor.shape().get(last);
    long step = tensor.strides().get(last) * width;
    long[] index = new long[last];
    for (long line = 0; line < tensor.size() / length; line++) {
      long start = tensor.offset() + tensor.place(index) * width;
      for (long done = 0; done < length; ) {
        int count = (int) Math.min(length - done, chunk.remaining() / width);
        source.gather(start + done * step, step, width, count, chunk);
        done += count;
        if (!chunk.hasRemaining()) {
          use.accept(chunk.flip());
          chunk.clear();
        }
      }
      advance(tensor, index);
    }
    use.accept(chunk.flip());
  }

  private static void advance(StoredTensor tensor, long[] index) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < tensor.shape().get(axis)) {
        return;
      }
      index[axis] = 0;
    }
  }

  /** The file is shorter than it was when it was opened. */
  static EOFException ended(FileBytes bytes) throws IOException {
    return new EOFException(
        bytes.file() + " ended at byte " + bytes.size() + " while it was being read");
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
