package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of any size seen as memory. Nothing is read until it is touched; safe for threads. */
final class MappedFile {

  /** The longest piece that can be asked for at once. */
  static final int LONGEST = 1 << 26;

  private static final int SEGMENT_BITS = 30;

  private final Path file;
  private final long size;
  private final List<ByteBuffer> segments;

  private MappedFile(Path file, long size, List<ByteBuffer> segments) {
    this.file = file;
    this.size = size;
    this.segments = segments;
  }

  static MappedFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(regular(file))) {
      long size = channel.size();
      if (size == 0) {
        throw new UserError(file + " is empty");
      }
      List<ByteBuffer> segments = new ArrayList<>();
      // A map holds at most 2 GiB. Each reaches into the next, so no piece lies across a border.
      for (long start = 0; start < size; start += 1L << SEGMENT_BITS) {
        long length = Math.min(size - start, (1L << SEGMENT_BITS) + LONGEST);
        segments.add(channel.map(MapMode.READ_ONLY, start, length));
      }
      return new MappedFile(file, size, List.copyOf(segments));
    }
  }

  private static Path regular(Path file) throws IOException {
    try {
      return RegularFile.require(file);
    } catch (FileFormatException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  Path file() {
    return file;
  }

  /** Bytes in the file. */
  long size() {
    return size;
  }

  /** Where in its segment a byte lies. */
  static int positionInSegment(long offset) {
    return (int) (offset & ((1L << SEGMENT_BITS) - 1));
  }

  /** The segment a byte lies in, in the given byte order; at least 64 MiB of it follow the byte. */
  ByteBuffer segment(long offset, ByteOrder order) {
    return segments.get((int) (offset >>> SEGMENT_BITS)).duplicate().order(order);
  }

  /** {@code length} bytes, at most {@link #LONGEST}, without a copy. */
  ByteBuffer piece(long offset, int length, ByteOrder order) {
    return segment(offset, order).slice(positionInSegment(offset), length).order(order);
  }
}
