package dev.fusebox.lab.store;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that has the lock of a stage until it is killed. */
final class LockHolder {

  private LockHolder() {}

  public static void main(String[] arguments) throws Exception {
    try (FileChannel channel =
            FileChannel.open(
                Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assert lock.isValid();
      Files.createFile(Path.of(arguments[1]));
      Thread.sleep(60_000);
    }
  }
}
