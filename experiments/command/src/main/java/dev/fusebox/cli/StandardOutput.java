package dev.fusebox.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints: a stream that remembers, as Java's print streams do not say aloud, that
 * something could not be written. UTF-8, whatever the locale.
 */
final class StandardOutput extends FilterOutputStream {

  private IOException trouble;

  StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    attempt(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() {
    attempt(out::flush);
  }

  private interface Writing {
    void run() throws IOException;
  }

  /** After the first trouble nothing more is tried. */
  private void attempt(Writing writing) {
    if (trouble == null) {
      try {
        writing.run();
      } catch (IOException e) {
        trouble = e;
      }
    }
  }

  /** As many commands print: lines appear as they come. */
  PrintStream print() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  /** Standard error, in UTF-8. */
  static PrintStream errors() {
    FileOutputStream out = new FileOutputStream(FileDescriptor.err);
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  /**
   * The status to end with: {@code status}, unless something was not written. A reader that has
   * gone, such as {@code head}, needs no message: other programs end by a signal then.
   */
  int ended(int status, PrintWriter err) {
    flush();
    if (trouble == null) {
      return status;
    }
    if (String.valueOf(trouble.getMessage()).contains("Broken pipe")) {
      return ExitStatus.PIPE_CLOSED;
    }
    err.println(
        "standard output: "
            + trouble.getMessage()
            + "; the output is incomplete, but what was computed is stored");
    err.flush();
    return ExitStatus.USAGE;
  }
}
