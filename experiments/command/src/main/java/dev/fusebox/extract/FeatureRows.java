package dev.fusebox.extract;

import dev.fusebox.array.NpyHeader;
import dev.fusebox.file.FullDisk;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A feature file (N, P, V) while it grows. Beside its place lie {@code .NAME.unfinished}, the array
 * as it will be; {@code .NAME.journal.unfinished}, a line for each picture that is done; and {@code
 * .NAME.plan.unfinished}, what is being made. Rows come before their lines, so that every whole
 * line that a killed program left has its row.
 */
final class FeatureRows implements Closeable {

  private static final int HEADER = 128; // bytes, whatever the number of rows

  private final Path file;
  private final int patches;
  private final int width;
  private final Path array;
  private final Path journal;
  private final Path plan;
  private final List<Entry> entries = new ArrayList<>();
  private FileChannel rows;
  private FileChannel lines;

  private FeatureRows(Path file, int patches, int width) {
    this.file = file;
    this.patches = patches;
    this.width = width;
    array = beside(file, "");
    journal = beside(file, ".journal");
    plan = beside(file, ".plan");
  }

  private static Path beside(Path file, String what) {
    return file.resolveSibling("." + file.getFileName() + what + ".unfinished");
  }

  /**
   * Goes on with what the same plan began, or begins anew.
   *
   * @param planned all that decides the numbers
   * @param patches P
   * @param width V
   */
  static FeatureRows open(Path file, String planned, int patches, int width) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FeatureRows rows = new FeatureRows(file, patches, width);
    try {
      rows.begin(planned);
    } catch (IOException | RuntimeException e) {
      rows.close();
      throw e;
    }
    return rows;
  }

  private void begin(String planned) throws IOException {
    if (!Files.exists(plan) || !Files.readString(plan).equals(planned)) {
      delete();
      Files.writeString(plan, planned);
    }
    rows = channel(array);
    lines = channel(journal);
    byte[] text = Files.readAllBytes(journal);
    int whole = text.length;
    while (whole > 0 && text[whole - 1] != '\n') {
      whole--;
    }
    new String(text, 0, whole, StandardCharsets.UTF_8).lines().map(Entry::of).forEach(entries::add);
    cut(lines, whole);
    if (entries.isEmpty()) {
      cut(rows, 0);
      write(rows, NpyHeader.growing(HEADER, 0, patches, width));
    }
    if (rows.size() < end()) {
      throw new UserError(
          "%s: damaged: it lacks rows listed in %s; delete both to start over"
              .formatted(array, journal.getFileName()));
    }
    cut(rows, end());
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  /** What a killed program wrote after its last whole line goes. */
  private static void cut(FileChannel channel, long length) throws IOException {
    channel.truncate(length).position(length);
  }

  private long end() {
    return HEADER + count() * patches * width * Float.BYTES;
  }

  /** What became of the pictures so far, in their order. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** How many pictures are done. */
  int done() {
    return entries.size();
  }

  /** How many rows there are. */
  long count() {
    return entries.stream().filter(Entry::hasRow).count();
  }

  /** Writes rows and then their lines; {@code numbers} has P · V for each entry that has a row. */
  void add(List<Entry> more, float[] numbers) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    write(rows, bytes);
    for (Entry entry : more) {
      write(lines, ByteBuffer.wrap(entry.line().getBytes(StandardCharsets.UTF_8)));
      entries.add(entry);
    }
  }

  private void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw FullDisk.at(file, e);
    }
  }

  /** Completes the file where it is, which {@link #finish} puts in its place. */
  Path complete() throws IOException {
    rows.position(0);
    write(rows, NpyHeader.growing(HEADER, count(), patches, width));
    rows.force(true);
    return array;
  }

  /** Puts the completed file in its place. */
  void finish() throws IOException {
    close();
    WholeFile.move(array, file);
    delete();
  }

  private void delete() throws IOException {
    for (Path each : List.of(array, journal, plan)) {
      Files.deleteIfExists(each);
    }
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
    if (lines != null) {
      lines.close();
    }
  }
}
