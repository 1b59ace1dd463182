package dev.fusebox.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The bytes of a file of any size. */
sealed interface FileBytes extends AutoCloseable permits MappedFile, StreamedFile {

  Path file();

  /** How many there are. */
  long size() throws IOException;

  /** The longest piece that can be asked for at once, in bytes; a multiple of eight. */
  int longest();

  /** {@code length} of them; the buffer is the caller's until the next piece is asked for. */
  ByteBuffer piece(long offset, int length, ByteOrder order) throws IOException;

  /** The same file as memory, for who reads here and there. */
  MappedFile mapped() throws IOException;

  @Override
  void close() throws IOException;
}
