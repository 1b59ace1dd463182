package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the entries of a zip lie in the file, which Java's own reader does not tell. Archives and
 * entries may be larger than 4 GiB (zip64).
 */
final class ZipDirectory {

  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LOCATOR = 0x07064b50;
  private static final int ENTRY = 0x02014b50;
  private static final int LOCAL = 0x04034b50;
  private static final int END_SIZE = 22;
  private static final int LOCATOR_SIZE = 20;
  private static final int END_64_SIZE = 56;
  private static final int ENTRY_SIZE = 46;
  private static final int LOCAL_SIZE = 30;
  private static final int MAXIMUM_COMMENT = 0xffff;
  private static final long MAXIMUM_DIRECTORY = 8 << 20;
  private static final long IN_EXTRA = 0xffffffffL;

  /**
   * Bytes of one entry.
   *
   * @param offset where they begin in the file
   * @param size how many there are
   */
  record Entry(long offset, long size) {}

  private final Path path;
  private final FileChannel channel;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private ZipDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Every entry by its name.
   *
   * @throws FileFormatException if the file is truncated or damaged, or an entry is compressed
   */
  static Map<String, Entry> read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ZipDirectory directory = new ZipDirectory(path, channel);
      directory.readEntries();
      return directory.entries;
    }
  }

  private void readEntries() throws IOException {
    long end = endPosition();
    ByteBuffer record = bytes(end, END_SIZE);
    long size = unsigned(record, 12);
    long start = unsigned(record, 16);
    if (end >= LOCATOR_SIZE) {
      ByteBuffer locator = bytes(end - LOCATOR_SIZE, LOCATOR_SIZE);
      if (locator.getInt(0) == END_64_LOCATOR) {
        ByteBuffer record64 = bytes(locator.getLong(8), END_64_SIZE);
        check(record64.getInt(0) == END_64, "its zip64 directory is not where it should be");
        size = record64.getLong(40);
        start = record64.getLong(48);
      }
    }
    check(size >= 0 && size <= MAXIMUM_DIRECTORY, "its zip directory takes " + size + " bytes");
    ByteBuffer listing = bytes(start, (int) size);
    while (listing.remaining() >= ENTRY_SIZE) {
      readEntry(listing);
    }
    check(!listing.hasRemaining(), "its zip directory is damaged");
  }

  private long endPosition() throws IOException {
    int searched = (int) Math.min(channel.size(), END_SIZE + MAXIMUM_COMMENT);
    ByteBuffer tail = bytes(channel.size() - searched, searched);
    for (int at = searched - END_SIZE; at >= 0; at--) {
      if (tail.getInt(at) == END) {
        return channel.size() - searched + at;
      }
    }
    throw new FileFormatException(
        path, "truncated: a zip ends with its directory, and there is none; download it again");
  }

  private void readEntry(ByteBuffer listing) throws IOException {
    ByteBuffer head = slice(listing, ENTRY_SIZE);
    check(head.getInt(0) == ENTRY, "its zip directory is damaged");
    String name = text(slice(listing, Short.toUnsignedInt(head.getShort(28))));
    ByteBuffer extra = slice(listing, Short.toUnsignedInt(head.getShort(30)));
    slice(listing, Short.toUnsignedInt(head.getShort(32)));
    check(head.getShort(10) == 0, name + " is compressed, which torch never does");
    check((head.getShort(8) & 1) == 0, name + " is encrypted, which torch never does");

    ByteBuffer wide = zip64(extra);
    long size = wide(head, 24, wide);
    wide(head, 20, wide);
    long local = wide(head, 42, wide);
    Entry entry = new Entry(dataOffset(name, local), size);
    check(
        size >= 0 && size <= channel.size() - entry.offset(),
        "truncated: " + name + " reaches past the end of the file");
    check(entries.put(name, entry) == null, "it holds " + name + " twice");
  }

  /** The extra field that holds what does not fit into 32 bits; empty if there is none. */
  private ByteBuffer zip64(ByteBuffer extra) throws IOException {
    while (extra.remaining() >= 4) {
      short id = extra.getShort();
      ByteBuffer field = slice(extra, Short.toUnsignedInt(extra.getShort()));
      if (id == 1) {
        return field;
      }
    }
    return ByteBuffer.allocate(0);
  }

  private long wide(ByteBuffer head, int at, ByteBuffer wide) throws IOException {
    long value = unsigned(head, at);
    if (value != IN_EXTRA) {
      return value;
    }
    check(wide.remaining() >= Long.BYTES, "its zip directory is damaged");
    return wide.getLong();
  }

  private long dataOffset(String name, long local) throws IOException {
    ByteBuffer head = bytes(local, LOCAL_SIZE);
    check(head.getInt(0) == LOCAL, name + " is not where its zip directory says");
    return local
        + LOCAL_SIZE
        + Short.toUnsignedInt(head.getShort(26))
        + Short.toUnsignedInt(head.getShort(28));
  }

  private ByteBuffer bytes(long position, int count) throws IOException {
    check(
        position >= 0 && position <= channel.size() - count,
        "truncated: its zip directory points past the end of the file");
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {}
    return bytes.flip();
  }

  private ByteBuffer slice(ByteBuffer from, int count) throws IOException {
    check(count <= from.remaining(), "its zip directory is damaged");
    ByteBuffer part = from.slice(from.position(), count).order(ByteOrder.LITTLE_ENDIAN);
    from.position(from.position() + count);
    return part;
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static long unsigned(ByteBuffer bytes, int at) {
    return Integer.toUnsignedLong(bytes.getInt(at));
  }

  private void check(boolean holds, String problem) throws FileFormatException {
    if (!holds) {
      throw new FileFormatException(path, problem);
    }
  }
}
