package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads numbers of stored tensors. A contiguous tensor streams through one small buffer, whatever
 * its size; a strided one is gathered from the mapped file. Not safe for threads.
 */
final class TensorReader implements AutoCloseable {

  /** Takes bytes. */
  @FunctionalInterface
  interface ByteSink {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /** The most bytes that are handed over at a time. */
  static final int CHUNK = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer chunk;

  TensorReader(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(RegularFile.require(path), StandardOpenOption.READ);
    this.chunk =
        ByteBuffer.allocateDirect((int) Math.min(CHUNK, Math.max(8, channel.size())))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes the tensor's numbers in row-major order as fp32.
   *
   * @throws IllegalArgumentException if the tensor holds whole numbers
   */
  void read(StoredTensor tensor, FloatBuffer into) throws IOException {
    if (!tensor.type().floating()) {
      throw new IllegalArgumentException(
          path + ": " + tensor.name() + " holds whole numbers (" + tensor.type() + ")");
    }
    forEachChunk(tensor, bytes -> decode(tensor, bytes, into));
  }

  /** Decodes a piece of the tensor's numbers. */
  void decode(StoredTensor tensor, ByteBuffer bytes, FloatBuffer into) throws IOException {
    try {
      tensor.type().decode(bytes, into);
    } catch (ArithmeticException e) {
      throw new FileFormatException(path, tensor.name() + " holds " + e.getMessage());
    }
  }

  /** The tensor's whole numbers in row-major order. */
  long[] readWhole(StoredTensor tensor) throws IOException {
    if (tensor.type().floating()) {
      throw new IllegalArgumentException(
          path + ": " + tensor.name() + " holds fractions (" + tensor.type() + ")");
    }
    long[] numbers = new long[Math.toIntExact(tensor.size())];
    int[] filled = {0};
    forEachChunk(
        tensor,
        bytes -> {
          while (bytes.hasRemaining()) {
            numbers[filled[0]++] = tensor.type().decodeWhole(bytes);
          }
        });
    return numbers;
  }

  /** Hands over the tensor's numbers as they are stored, in row-major order, piece by piece. */
  void forEachChunk(StoredTensor tensor, ByteSink use) throws IOException {
    if (tensor.isContiguous()) {
      stream(tensor, use);
    } else {
      gather(tensor, use);
    }
  }

  private void stream(StoredTensor tensor, ByteSink use) throws IOException {
    long position = tensor.offset();
    long end = position + tensor.size() * tensor.type().bytes();
    while (position < end) {
      chunk.clear().limit((int) Math.min(chunk.capacity() & ~7, end - position));
      fill(position);
      position += chunk.limit();
      use.accept(chunk.flip());
    }
  }

  private void fill(long position) throws IOException {
    while (chunk.hasRemaining()) {
      int read = channel.read(chunk, position + chunk.position());
      if (read < 0) {
        throw new EOFException(
            path + " ended at byte " + channel.size() + " while it was being read");
      }
    }
  }

  private void gather(StoredTensor tensor, ByteSink use) throws IOException {
    if (tensor.span() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          path + ": " + tensor.name() + " is not contiguous and spans more than 2 GiB");
    }
    ByteBuffer source = channel.map(MapMode.READ_ONLY, tensor.offset(), tensor.span());
    int bytes = tensor.type().bytes();
    chunk.clear();
    long[] index = new long[tensor.shape().dimension()];
    for (long i = 0; i < tensor.size(); i++) {
      int at = (int) (place(tensor, index) * bytes);
      chunk.put(source.slice(at, bytes));
      if (chunk.remaining() < bytes) {
        use.accept(chunk.flip());
        chunk.clear();
      }
      advance(tensor, index);
    }
    use.accept(chunk.flip());
  }

  private static long place(StoredTensor tensor, long[] index) {
    long place = 0;
    for (int axis = 0; axis < index.length; axis++) {
      place += index[axis] * tensor.strides().get(axis);
    }
    return place;
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

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
