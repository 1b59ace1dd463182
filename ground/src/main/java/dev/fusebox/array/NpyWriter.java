package dev.fusebox.array;

import dev.fusebox.file.FullDisk;
import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.file.WholeFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Writes an array in NumPy's format, row by row: version 1, little-endian, C order. The file
 * appears under its name only when all its rows are there; until then they go to a temporary file
 * beside it.
 *
 * @since 0.1
 */
public final class NpyWriter implements Closeable {

  private final Path file;
  private final Path unfinished;
  private final FileChannel channel;
  private final int rows;
  private final int rowSize;
  private int written;

  private NpyWriter(Path file, ElementType type, int rows, int... rowShape) throws IOException {
    this.file = file;
    this.rows = rows;
    rowSize = Arrays.stream(rowShape).reduce(1, Math::multiplyExact);
    unfinished = UnfinishedFiles.beside(file);
    channel = FileChannel.open(unfinished, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    writeFully(NpyHeader.of(type, shape(rows, rowShape)));
  }

  /**
   * Opens a file of fp32 rows.
   *
   * @param rows how many rows will be written
   * @param rowShape the shape of one row; (P, V) for pictures
   */
  public static NpyWriter floats(Path file, int rows, int... rowShape) throws IOException {
    return new NpyWriter(file, ElementType.F32, rows, rowShape);
  }

  /** The same with unsigned bytes for numbers. */
  public static NpyWriter bytes(Path file, int rows, int... rowShape) throws IOException {
    return new NpyWriter(file, ElementType.U8, rows, rowShape);
  }

  /** Appends a row: all its numbers, the last axis fastest. */
  public void write(float... row) throws IOException {
    requireRow(row.length);
    ByteBuffer bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(row);
    append(bytes);
  }

  /** Appends a row of bytes. */
  public void write(byte[] row) throws IOException {
    requireRow(row.length);
    append(ByteBuffer.wrap(row));
  }

  private void requireRow(int length) {
    if (length != rowSize) {
      throw new IllegalArgumentException(
          "a row of " + file + " must have " + rowSize + " numbers, found " + length);
    }
  }

  private void append(ByteBuffer row) throws IOException {
    writeFully(row);
    written++;
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw FullDisk.at(file, e);
    }
  }

  /**
   * Moves the finished file to its place.
   *
   * @throws IOException if rows are missing or too many; then there is no file
   */
  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    channel.close();
    if (written != rows) {
      Files.delete(unfinished);
      throw new IOException(
          file + " was to have " + rows + " rows, " + written + " were written: not kept");
    }
    WholeFile.move(unfinished, file);
  }

  private static long[] shape(int rows, int... rowShape) {
    return IntStream.concat(IntStream.of(rows), Arrays.stream(rowShape)).asLongStream().toArray();
  }
}
