package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchCopiesTest {

  @TempDir Path folder;
  private Path scratch;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    scratch = folder.resolve("scratch/of/mine");
    file = Files.writeString(folder.resolve("clip.npy"), "far away");
  }

  @Test
  void aFileIsCopiedOnce() throws IOException {
    Path copy = new ScratchCopies(scratch).of(file);
    assertThat(copy).hasParentRaw(scratch).hasContent("far away");
    assertThat(copy.getFileName().toString()).endsWith("-clip.npy");
    Files.writeString(copy, "the copy");
    assertThat(new ScratchCopies(scratch).of(file)).isEqualTo(copy).hasContent("the copy");
  }

  @Test
  void aFileThatHasChangedSinceIsCopiedAgain() throws IOException {
    Path before = new ScratchCopies(scratch).of(file);
    Files.writeString(file, "far away, and longer");
    assertThat(new ScratchCopies(scratch).of(file))
        .isNotEqualTo(before)
        .hasContent("far away, and longer");
    assertThat(before).hasContent("far away");
  }

  @Test
  void filesOfOneNameAreTwo() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other")).resolve("clip.npy");
    Files.copy(file, other);
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    ScratchCopies copies = new ScratchCopies(scratch);
    assertThat(copies.of(file)).isNotEqualTo(copies.of(other));
  }

  @Test
  void whoComesAtTheSameTimeGetsTheSame() throws InterruptedException, IOException {
    Set<Object> got = ConcurrentHashMap.newKeySet();
    Runnable ask =
        () -> {
          try {
            Path copy = new ScratchCopies(scratch).of(file);
            got.add(List.of(copy, Files.readString(copy)));
          } catch (IOException | RuntimeException e) {
            got.add(e);
          }
        };
    List<Thread> threads = List.of(new Thread(ask), new Thread(ask), new Thread(ask));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(got).containsExactly(List.of(new ScratchCopies(scratch).of(file), "far away"));
  }
}
