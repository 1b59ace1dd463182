package dev.fusebox.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells a disk that has no room left from other trouble. Nothing else can be written there either,
 * so it ends the whole program, not one run of many.
 *
 * @since 0.1
 */
public final class FullDisk {

  /** What systems say: of a disk, a quota, a limit on the size of files; Windows last. */
  private static final Pattern SIGNS =
      Pattern.compile(
          "No space left on device|Disk quota exceeded|File too large|not enough space on the disk");

  private FullDisk() {}

  /** The same trouble with the file's name, which streams and channels do not tell. */
  public static IOException at(Path file, IOException trouble) {
    if (trouble instanceof FileSystemException) {
      return trouble;
    }
    IOException named = new FileSystemException(file.toString(), null, trouble.getMessage());
    named.initCause(trouble);
    return named;
  }

  /** What to tell a person, if a full disk is behind an error; empty if something else is. */
  public static Optional<UserError> behind(Throwable error) {
    UserError reported = null;
    String file = null;
    for (Throwable each = error; each != null; each = each.getCause()) {
      reported = reported == null && each instanceof UserError own ? own : reported;
      file = file == null && each instanceof FileSystemException named ? target(named) : file;
      if (each instanceof IOException cause && isFull(cause)) {
        return Optional.of(reported == null ? message(file, cause) : reported);
      }
    }
    return Optional.empty();
  }

  /** What was to be written; of a copy, not what was read. */
  private static String target(FileSystemException error) {
    return error.getOtherFile() == null ? error.getFile() : error.getOtherFile();
  }

  private static boolean isFull(IOException error) {
    return SIGNS.matcher(reason(error)).find();
  }

  /** What the system said, without the file's name. */
  public static String reason(IOException error) {
    return error instanceof FileSystemException named && named.getReason() != null
        ? named.getReason()
        : String.valueOf(error.getMessage());
  }

  private static UserError message(String file, IOException cause) {
    String place = file == null ? "a file" : file;
    String room = file == null ? "" : ", " + freeAt(Path.of(file)) + " free there";
    return new UserError(
        place
            + ": could not be written: "
            + reason(cause)
            + room
            + ". Make room and run the same command again: it goes on from what was saved last.",
        cause);
  }

  /** How much room there is where a file was to be, in words. */
  public static String freeAt(Path file) {
    Path folder = file.toAbsolutePath();
    while (!Files.exists(folder)) {
      folder = folder.getParent();
    }
    try {
      return size(Files.getFileStore(folder).getUsableSpace());
    } catch (IOException e) {
      return "an unknown number of bytes";
    }
  }

  /** A number of bytes in words. */
  public static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
