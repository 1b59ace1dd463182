package dev.fusebox.array;

import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file read once from some place on through one small buffer, whatever its size, and then closed:
 * how weights become a model's. Not safe for threads.
 */
final class StreamedFile implements FileBytes {

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer;

  private StreamedFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.buffer =
        ByteBuffer.allocateDirect((int) Math.min(TensorReader.CHUNK, Math.max(8, channel.size())));
  }

  static StreamedFile open(Path file) throws IOException {
    return new StreamedFile(
        file, FileChannel.open(RegularFile.require(file), StandardOpenOption.READ));
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public int longest() {
    return buffer.capacity() & ~7;
  }

  @Override
  public ByteBuffer piece(long offset, int length, ByteOrder order) throws IOException {
    buffer.clear().limit(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw TensorReader.ended(this);
      }
    }
    return buffer.flip().order(order);
  }

  @Override
  public MappedFile mapped() throws IOException {
    return MappedFile.open(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
