package dev.fusebox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of bytes that nobody chose. Whoever reads it gives a value, or a message that names it:
 * nothing else is let through.
 */
public final class FuzzedFile {

  /** More than any seed; a fuzzer that tries larger files only gets slower. */
  private static final int LONGEST = 1 << 16;

  private final List<Class<? extends Exception>> messages = new ArrayList<>();
  private final Path file;

  /**
   * A file of that name in a directory of its own.
   *
   * @param messages what a reader may throw
   */
  @SafeVarargs
  public FuzzedFile(String name, Class<? extends Exception>... messages) {
    for (Class<? extends Exception> message : messages) {
      this.messages.add(message);
    }
    try {
      file = Files.createTempDirectory("fuzzed").resolve(name);
      file.getParent().toFile().deleteOnExit(); // what is registered last is deleted first
      file.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file. */
  @FunctionalInterface
  public interface Reading {
    /** Reads it and does with it what a run does. */
    void read(Path file) throws Exception;
  }

  /** Lets the reader read a file of these bytes. */
  public void read(byte[] bytes, Reading reader) {
    if (bytes.length > LONGEST) {
      return;
    }
    try {
      Files.write(file, bytes);
      reader.read(file);
    } catch (Exception e) {
      boolean known = messages.stream().anyMatch(kind -> kind.isInstance(e));
      if (!known || e.getMessage() == null || !e.getMessage().contains(file.toString())) {
        throw new AssertionError("a reader of " + bytes.length + " bytes ends in " + e, e);
      }
    }
  }
}
