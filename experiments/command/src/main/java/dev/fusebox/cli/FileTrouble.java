package dev.fusebox.cli;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.UserError;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;

/** What the operating system refused to do with a file, in plain words. */
final class FileTrouble {

  private FileTrouble() {}

  /** The message, if an error was caused by an operation on a file that it names. */
  static Optional<UserError> behind(Throwable error) {
    if (error instanceof FileFormatException told) {
      return Optional.of(new UserError(told.getMessage(), told));
    }
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof FileSystemException trouble && trouble.getFile() != null) {
        return Optional.of(new UserError(file(trouble) + ": " + reason(trouble), error));
      }
    }
    return Optional.empty();
  }

  private static String file(FileSystemException trouble) {
    return trouble.getOtherFile() == null ? trouble.getFile() : trouble.getOtherFile();
  }

  private static String reason(FileSystemException trouble) {
    if (trouble instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (trouble instanceof AccessDeniedException) {
      return "may not be read or written: permission denied";
    }
    if (trouble instanceof NotDirectoryException) {
      return "is a file, and a folder is needed";
    }
    if (trouble instanceof FileAlreadyExistsException) {
      return "already exists, but is not what is needed";
    }
    return trouble.getReason() == null ? trouble.getMessage() : trouble.getReason();
  }
}
