package dev.fusebox.ask.page;

import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pictures that somebody has brought, in a folder of their own that goes when the server does. So
 * many bytes and pixels and no more; the oldest go where there are too many. Safe for threads.
 */
final class Uploads implements AutoCloseable {

  /** Of a file. */
  static final int MOST_BYTES = 8 << 20;

  /** Of a picture. */
  static final int MOST_PIXELS = 12_000_000;

  static final int MOST = 24;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED = 415;

  private final Path folder;
  private final Map<String, Path> files = new LinkedHashMap<>();
  private int count;

  Uploads() throws IOException {
    folder = Files.createTempDirectory("fusebox-uploads");
  }

  /** Keeps a picture if it is one; its name. One at a time is decoded. */
  synchronized String add(byte[] bytes) throws IOException {
    if (bytes.length > MOST_BYTES) {
      throw new Refusal(TOO_LARGE, "a picture may have at most 8 MB");
    }
    String name = Integer.toString(++count);
    Path file = folder.resolve("picture-" + name + ".png"); // whatever it is; nobody sees the name
    Files.write(file, bytes);
    try {
      PngPicture.read(file, MOST_PIXELS);
    } catch (FileFormatException e) {
      Files.delete(file);
      throw new Refusal(UNSUPPORTED, e.getMessage().replace(file.toString(), "the picture"), e);
    }
    files.put(name, file);
    if (files.size() > MOST) {
      String oldest = files.keySet().iterator().next();
      Files.deleteIfExists(files.remove(oldest));
    }
    return name;
  }

  /** The file of a picture that was brought. */
  synchronized Path file(String name) {
    Path file = files.get(name);
    if (file == null) {
      throw new Refusal(404, "that picture is no longer here; upload it again");
    }
    return file;
  }

  @Override
  public synchronized void close() {
    try {
      if (Files.exists(folder)) {
        DirectoryTree.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
