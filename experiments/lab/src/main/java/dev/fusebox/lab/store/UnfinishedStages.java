package dev.fusebox.lab.store;

import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import dev.fusebox.lab.lease.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directories in which results of a {@link StageStore} are made.
 *
 * <p>Whoever takes over a lease also renames the unfinished directory. So a process that stood
 * still until its lease was gone finds nothing under the path it knows: it can neither write into
 * the other's result nor publish its own.
 *
 * @param root of the store
 */
record UnfinishedStages(Path root) {

  private static final String PARTIAL = ".partial";

  /** Whether there is one of that name: that of the first to make it, or what the last left. */
  boolean holds(String name) {
    return Files.isDirectory(folder(name, 1));
  }

  /** Where the holder of a lease of that number works. */
  private Path folder(String name, int number) {
    return root.resolve(number == 1 ? name + PARTIAL : name + "." + number + PARTIAL);
  }

  /** What those before left, under this holder's name for it: nobody of them finds it there. */
  Path inherited(String name, Lease lease) throws IOException {
    Path partial = folder(name, lease.number());
    for (int before : lease.followed()) {
      moveIfThere(folder(name, before), partial);
    }
    if (!Files.exists(partial)) {
      moveIfThere(folder(name, 1), partial);
    }
    lease.forgetFollowed();
    return partial;
  }

  /** For whoever takes the lease next, which will be the first again. */
  void leaveBehind(String name, Path partial, Throwable trouble) {
    try {
      moveIfThere(partial, folder(name, 1));
    } catch (IOException e) {
      trouble.addSuppressed(e);
    }
  }

  /** What a person reads must lead to where the files lie now. */
  UserError underLastName(UserError error, String name, Path partial) {
    Path now = folder(name, 1);
    String message = error.getMessage().replace(partial.toString(), now.toString());
    return message.equals(error.getMessage()) ? error : new UserError(message, error.getCause());
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (!from.equals(to) && Files.isDirectory(from)) {
      DirectoryTree.delete(to);
      WholeFile.move(from, to);
    }
  }
}
