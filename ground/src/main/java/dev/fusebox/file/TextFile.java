package dev.fusebox.file;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A text that a person wrote or saved: UTF-8, or UTF-16 if it begins as such a file does. A byte
 * order mark is no part of the text. What is neither is refused with its line.
 *
 * @since 0.1
 */
public final class TextFile {

  private static final int MARKS = 3; // bytes of the longest byte order mark
  private static final int PIECE = 8192;
  private static final long LARGEST = 1L << 30;

  private final Path file;
  private final byte[] bytes;
  private final Charset charset;
  private final int start;

  private TextFile(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
    if (begins(0xEF, 0xBB, 0xBF)) {
      charset = StandardCharsets.UTF_8;
      start = MARKS;
    } else if (begins(0xFF, 0xFE) || begins(0xFE, 0xFF)) {
      charset = begins(0xFF, 0xFE) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
      start = 2;
    } else {
      charset = unmarked();
      start = 0;
    }
  }

  /** Texts of people begin with a letter, a digit or a bracket, half of which is 0 in UTF-16. */
  private Charset unmarked() {
    if (bytes.length >= 2 && bytes[0] != 0 && bytes[1] == 0) {
      return StandardCharsets.UTF_16LE;
    }
    boolean big = bytes.length >= 2 && bytes[0] == 0 && bytes[1] != 0;
    return big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
  }

  private boolean begins(int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (bytes.length <= i || Byte.toUnsignedInt(bytes[i]) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Opens a text to be read from its beginning.
   *
   * @throws UserError if there is no such file, it is none, or it is no text
   */
  public static BufferedReader open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UserError(file + ": is a folder, a file is expected");
    }
    if (!Files.exists(file)) {
      throw new UserError(file + ": there is no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new UserError(file + ": is a pipe or a device, a file is expected");
    }
    if (Files.size(file) > LARGEST) {
      throw new UserError(
          "%s: holds %,d bytes; a text may have %,d".formatted(file, Files.size(file), LARGEST));
    }
    TextFile text = new TextFile(file, Files.readAllBytes(file));
    text.requireText();
    return text.reader();
  }

  /**
   * All lines of a text, whatever ends them.
   *
   * @throws UserError as {@link #open}
   */
  public static List<String> lines(Path file) throws IOException {
    try (BufferedReader reader = open(file)) {
      return reader.lines().toList();
    }
  }

  private BufferedReader reader() {
    return new BufferedReader(
        new InputStreamReader(
            new ByteArrayInputStream(bytes, start, bytes.length - start), charset));
  }

  private void requireText() {
    CharsetDecoder decoder = charset.newDecoder(); // complains where others put a question mark
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(PIECE);
    int line = 1;
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      out.flip();
      line += (int) out.chars().filter(c -> c == '\n').count();
      out.clear();
      if (result.isError()) {
        throw notText(line, in.position());
      }
      if (result.isUnderflow()) {
        return;
      }
    }
  }

  private UserError notText(int line, int at) {
    int found = Byte.toUnsignedInt(bytes[at]);
    return new UserError(
        "%s: line %d: not %s: byte 0x%02X%s; save the file as UTF-8, for instance with iconv -f latin1 -t utf-8"
            .formatted(file, line, charset, found, latin1(found)));
  }

  /** What the byte would be in the encoding that such files mostly have. */
  private static String latin1(int found) {
    return found >= 0xA0 ? " (%c in Latin-1)".formatted((char) found) : "";
  }
}
