package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedFilesTest {

  @TempDir Path folder;

  @Test
  void onlyWhatNobodyWritesAnyMoreIsSweptAway() throws IOException {
    FileTime longAgo = FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS));
    Path old = Files.writeString(UnfinishedFiles.beside(folder.resolve("old.bin")), "half");
    Path weights = Files.writeString(folder.resolve(".w.bin.unfinished"), "half");
    Path index = Files.createDirectories(UnfinishedFiles.beside(folder.resolve("index")));
    Path mine = Files.createDirectories(folder.resolve(".git"));
    Path growing = Files.writeString(index.resolve("part"), "now");
    Path whole = Files.writeString(folder.resolve("whole.bin"), "whole");
    for (Path each : new Path[] {old, weights, index, mine, whole}) {
      Files.setLastModifiedTime(each, longAgo);
    }
    UnfinishedFiles.sweep(folder);
    assertThat(old).doesNotExist();
    assertThat(weights).doesNotExist();
    assertThat(growing).exists();
    assertThat(whole).exists();
    UnfinishedFiles.sweepNow(folder);
    assertThat(index).doesNotExist();
    assertThat(mine).exists();
    assertThat(whole).exists();
  }

  /** A folder of other people's files is not gone through for one large file. */
  @Test
  void aLargeFileSweepsWhatIsLeftOfItselfOnly() throws IOException {
    Path file = folder.resolve("w.bin");
    Path left = Files.writeString(UnfinishedFiles.beside(file), "half");
    Path resumable = Files.writeString(folder.resolve(".w.bin.unfinished"), "half");
    Path other = Files.writeString(UnfinishedFiles.beside(folder.resolve("w.bin.txt")), "half");
    for (Path each : new Path[] {left, resumable, other}) {
      Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)));
    }
    Path growing = Files.writeString(UnfinishedFiles.beside(file), "now");
    WholeFile.write(file, 5, path -> Files.writeString(path, "whole"));
    assertThat(file).hasContent("whole");
    assertThat(left).doesNotExist();
    assertThat(resumable).exists();
    assertThat(other).exists();
    assertThat(growing).exists();
  }
}
