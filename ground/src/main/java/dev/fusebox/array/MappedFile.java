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
final class MappedFile implements FileBytes {

  /** The longest piece that can be asked for at once. */
  private static final int LONGEST = 1 << 26;

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

  @Override
  public Path file() {
    return file;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int longest() {
    return LONGEST;
  }

  /** Where in its segment a byte lies. */
  private static int positionInSegment(long offset) {
    return (int) (offset & ((1L << SEGMENT_BITS) - 1));
  }

  /** The segment a byte lies in, in the given byte order; at least 64 MiB of it follow the byte. */
  private ByteBuffer segment(long offset, ByteOrder order) {
    return segments.get((int) (offset >>> SEGMENT_BITS)).duplicate().order(order);
  }

  /** Without a copy. */
  @Override
  public ByteBuffer piece(long offset, int length, ByteOrder order) {
    return segment(offset, order).slice(positionInSegment(offset), length).order(order);
  }

  /**
   * Appends numbers as they are.
   *
   * @param start where the first one lies
   * @param step from each to the next, in bytes
   * @param width of each, in bytes: 1, 2, 4 or 8
   */
  void gather(long start, long step, int width, int count, ByteBuffer into) {
    for (int done = 0; done < count; ) {
      long at = start + done * step;
      int position = positionInSegment(at);
      ByteBuffer segment = segment(at, into.order());
      long reach = step == 0 ? count : (segment.limit() - width - position) / step + 1;
      int here = (int) Math.min(count - done, reach);
      gather(segment, position, (int) step, width, here, into);
      done += here;
    }
  }

  private static void gather(
      ByteBuffer from, int start, int step, int width, int count, ByteBuffer into) {
    int position = start;
    for (int i = 0; i < count; i++, position += step) {
      switch (width) {
        case 1 -> into.put(from.get(position));
        case 2 -> into.putShort(from.getShort(position));
        case 4 -> into.putInt(from.getInt(position));
        default -> into.putLong(from.getLong(position));
      }
    }
  }

  @Override
  public MappedFile mapped() {
    return this;
  }

  /** Does nothing: memory goes back when nobody refers to it. */
  @Override
  public void close() {}
}
