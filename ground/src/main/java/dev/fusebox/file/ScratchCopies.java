package dev.fusebox.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Copies of large files in a folder of this machine's own disk, for who would otherwise read them
 * from a shared one again and again. Each is copied once, whichever process comes first; one that
 * has changed since is another. Nothing is ever removed: a copy may be deleted at any time that
 * nobody reads it.
 *
 * @since 0.1
 */
public final class ScratchCopies {

  private static final int NAME_DIGITS = 16;
  private static final Object ALONE = new Object(); // a lock of a file is its process's

  private final Path folder;

  /** Copies in a folder, which is made where it is not there yet. */
  public ScratchCopies(Path folder) {
    this.folder = folder;
  }

  /**
   * The copy of a file. Where another process is at it, this one waits for it.
   *
   * @throws IOException if there is no room; nothing is left then
   */
  public Path of(Path file) throws IOException {
    BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
    Path copy = folder.resolve(name(file, seen));
    if (!Files.isRegularFile(copy)) {
      synchronized (ALONE) {
        copy(file, seen.size(), copy);
      }
    }
    return copy;
  }

  private void copy(Path file, long bytes, Path copy) throws IOException {
    Files.createDirectories(folder);
    Path lock = folder.resolve(copy.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock alone = channel.lock()) {
      if (alone.isValid() && !Files.isRegularFile(copy)) { // nobody else was first
        WholeFile.write(
            copy, bytes, begun -> Files.copy(file, begun, StandardCopyOption.REPLACE_EXISTING));
      }
    }
  }

  /** Tells versions of a file apart, as far as its size and its last change do. */
  private static String name(Path file, BasicFileAttributes seen) throws IOException {
    String version =
        new Fingerprint()
            .add(file.toRealPath().toString())
            .add(Long.toString(seen.size()))
            .add(seen.lastModifiedTime().toString())
            .hex()
            .substring(0, NAME_DIGITS);
    return version + "-" + file.getFileName();
  }
}
