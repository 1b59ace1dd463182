package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path folder;

  @Test
  void whatFailsLeavesTheFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "before");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    output -> {
                      output.write('x');
                      throw new IOException("gone");
                    }))
        .hasMessage(file + ": gone");
    assertThat(file).hasContent("before");
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void onlyWhatNobodyWritesAnyMoreIsSweptAway() throws IOException {
    FileTime longAgo = FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS));
    Path old = Files.writeString(WholeFile.beside(folder.resolve("old.bin")), "half");
    Path weights = Files.writeString(folder.resolve(".w.bin.unfinished"), "half");
    Path index = Files.createDirectories(WholeFile.beside(folder.resolve("index")));
    Path mine = Files.createDirectories(folder.resolve(".git"));
    Path growing = Files.writeString(index.resolve("part"), "now");
    Path whole = Files.writeString(folder.resolve("whole.bin"), "whole");
    for (Path each : new Path[] {old, weights, index, mine, whole}) {
      Files.setLastModifiedTime(each, longAgo);
    }
    WholeFile.sweep(folder);
    assertThat(old).doesNotExist();
    assertThat(weights).doesNotExist();
    assertThat(growing).exists();
    assertThat(whole).exists();
    WholeFile.sweepNow(folder);
    assertThat(index).doesNotExist();
    assertThat(mine).exists();
    assertThat(whole).exists();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldWithItsFileAndRoom() throws IOException {
    Path full = Path.of("/dev/full");
    try (OutputStream output = Files.newOutputStream(full)) {
      output.write('x');
      throw new AssertionError("there was room");
    } catch (IOException e) {
      Throwable wrapped = new IllegalStateException(new UncheckedIOException(FullDisk.at(full, e)));
      assertThat(FullDisk.behind(wrapped).orElseThrow())
          .hasMessageMatching(
              "/dev/full: could not be written: No space left on device, \\d+\\.\\d MB free there\\."
                  + " Make room and run the same command again: it goes on from what was saved"
                  + " last\\.");
      UserError told = new UserError("there is no room for this", e);
      assertThat(FullDisk.behind(told)).containsSame(told);
    }
  }

  @Test
  void ofACopyTheNewFileIsNamed() {
    IOException full =
        new FileSystemException("old.bin", folder + "/new.bin", "No space left on device");
    assertThat(FullDisk.behind(full).orElseThrow())
        .hasMessageStartingWith(folder + "/new.bin: could not be written: No space left on device");
  }

  @Test
  void otherTroubleIsNoFullDisk() {
    assertThat(FullDisk.behind(new UserError("heads", new IOException("Permission denied"))))
        .isEmpty();
    assertThat(FullDisk.behind(new IllegalStateException())).isEmpty();
  }
}
