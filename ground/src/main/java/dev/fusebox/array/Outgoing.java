package dev.fusebox.array;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.array.TensorReader.ByteSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A tensor on its way into a file.
 *
 * @param type how it is stored
 * @param source sends its bytes, little-endian, row-major, in as many pieces as it likes, and again
 *     if asked again
 */
record Outgoing(String name, ElementType type, Shape shape, Source source) {

  private static final int CHUNK = 1 << 18;

  /** Sends the bytes of a tensor. */
  @FunctionalInterface
  interface Source {
    void send(ByteSink sink) throws IOException;
  }

  /** An fp32 array, read when the file is written. */
  static Outgoing of(String name, NDArray array, ElementType type) {
    if (array.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(name + " must be fp32, found " + array.getDataType());
    }
    return new Outgoing(name, type, array.getShape(), sink -> send(name, array, type, sink));
  }

  /** A tensor of another file, read when this file is written. */
  static Outgoing of(TensorFile file, StoredTensor tensor, ElementType type) {
    if (type != tensor.type() && !(type.floating() && tensor.type().floating())) {
      throw new IllegalArgumentException(
          tensor.name() + " is " + tensor.type() + " and cannot be stored as " + type);
    }
    return new Outgoing(
        tensor.name(), type, tensor.shape(), sink -> send(file, tensor, type, sink));
  }

  long bytes() {
    return Math.multiplyExact(shape.size(), type.bytes());
  }

  void send(ByteSink sink) throws IOException {
    source.send(sink);
  }

  private static void send(TensorFile file, StoredTensor tensor, ElementType type, ByteSink sink)
      throws IOException {
    try (TensorReader reader = new TensorReader(file.path())) {
      if (type == tensor.type()) {
        reader.forEachChunk(tensor, sink);
        return;
      }
      FloatBuffer numbers = FloatBuffer.allocate(TensorReader.CHUNK / tensor.type().bytes());
      reader.forEachChunk(
          tensor,
          bytes -> {
            reader.decode(tensor, bytes, numbers.clear());
            encode(tensor.name(), numbers.flip(), type, sink);
          });
    }
  }

  private static void send(String name, NDArray array, ElementType type, ByteSink sink)
      throws IOException {
    if (array.size() == 0) {
      return;
    }
    NDArray here = array.getDevice().isGpu() ? array.toDevice(Device.cpu(), false) : array;
    NativeRows.forEach(
        here, Float.BYTES, (rows, bytes) -> encode(name, bytes.asFloatBuffer(), type, sink));
    if (here != array) {
      here.close();
    }
  }

  private static void encode(String name, FloatBuffer numbers, ElementType type, ByteSink sink)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      int count = Math.min(numbers.remaining(), CHUNK / type.bytes());
      FloatBuffer part = numbers.slice(numbers.position(), count);
      numbers.position(numbers.position() + count);
      try {
        type.encode(part, bytes.clear());
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            name + " holds " + e.getMessage() + "; store it as F32", e);
      }
      sink.accept(bytes.flip());
    }
  }
}
