package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashProcessTest {

  private static final String SLOW_HERE = "fusebox.slowHashes";

  @TempDir private Path folder;

  @AfterEach
  void asBefore() {
    System.clearProperty(SLOW_HERE);
  }

  @Test
  void anotherJavaFindsTheSameHash() throws IOException {
    Path file = Files.writeString(folder.resolve("a file of mine.txt"), "content");
    assertThat(HashProcess.apart(file)).contains(Fingerprint.ofFiles(List.of(file)));
    assertThat(HashProcess.apart(folder.resolve("gone"))).isEmpty();
  }

  /** 200 MB with a hole in it. */
  @Test
  void aLargeFileHasTheSameHashEitherWay() throws IOException {
    Path file = folder.resolve("large");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 200L << 20);
    }
    String here = HashProcess.of(file);
    System.setProperty(SLOW_HERE, "true");
    assertThat(HashProcess.of(file)).isEqualTo(here).hasSize(64);
  }

  @Test
  void aFileThatIsNotThereIsToldAsEver() {
    System.setProperty(SLOW_HERE, "true");
    assertThatThrownBy(() -> HashProcess.of(folder.resolve("gone")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such file");
  }
}
