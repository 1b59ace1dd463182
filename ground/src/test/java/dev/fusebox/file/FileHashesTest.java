package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Path file;
  private Path memory;

  @BeforeEach
  void aLargeFileOfOldTimes() throws IOException {
    memory = folder.resolve("cache/.hashes");
    file = folder.resolve("with a blank.bin");
    Files.write(file, new byte[1 << 20]);
    Files.setLastModifiedTime(file, LONG_AGO);
  }

  private String hash() throws IOException {
    return new FileHashes(memory, false).of(file);
  }

  private String whole() throws IOException {
    return Fingerprint.ofFiles(List.of(file));
  }

  private void changeTheMiddle() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(1 << 19);
      bytes.write(bytes.read() + 1);
    }
  }

  /** Put in the place of what is remembered, a lie shows where the memory was asked. */
  private void lie(String about) throws IOException {
    Files.writeString(memory, Files.readString(memory).replace(about, "0".repeat(64)));
  }

  @Test
  void aFileIsReadOnce() throws IOException {
    String hash = hash();
    assertThat(hash).isEqualTo(whole());
    lie(hash);
    assertThat(hash()).isEqualTo("0".repeat(64));
    assertThat(new FileHashes(memory, true).of(file)).isEqualTo(hash);
  }

  @Test
  void aChangeInTheMiddleIsSeen() throws IOException {
    String before = hash();
    changeTheMiddle();
    assertThat(hash()).isEqualTo(whole()).isNotEqualTo(before);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void soIsOneThatPutsTheTimeBack() throws IOException {
    String before = hash();
    changeTheMiddle();
    Files.setLastModifiedTime(file, LONG_AGO);
    assertThat(hash()).isEqualTo(whole()).isNotEqualTo(before);
  }

  /** A second change may come within one tick of the clock of the file system. */
  @Test
  void whatWasJustWrittenIsNotRememberedYet() throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    hash();
    assertThat(memory).doesNotExist();
  }

  @Test
  void aDamagedMemoryCostsTimeOnly() throws IOException {
    String hash = hash();
    for (String line : List.of("", hash, hash.substring(9), "\0\n\n 1 2 3 4", "a b c\nd e")) {
      Files.writeString(memory, line);
      assertThat(hash()).isEqualTo(hash);
    }
    Path occupied = Files.createDirectories(folder.resolve("occupied"));
    assertThat(new FileHashes(occupied, false).of(file)).isEqualTo(hash);
  }

  /** Files that changed often leave old lines, which are cleared away. */
  @Test
  void aMemoryOfOldLinesIsWrittenAnew() throws IOException {
    String hash = hash();
    String line = Files.readString(memory);
    Files.writeString(memory, line.replace(hash, "0".repeat(64)).repeat(1001) + line);
    assertThat(hash()).isEqualTo(hash);
    assertThat(memory).hasContent(line);
  }

  /** Its checksum is asked for while it may still have the time of its last change. */
  @Test
  void aFileOfOnesOwnIsRememberedAtOnce() throws IOException {
    Files.writeString(file, "new");
    FileHashes hashes = new FileHashes(memory, false);
    String hash = hashes.ofOwn(file);
    assertThat(hash).isEqualTo(whole());
    lie(hash);
    assertThat(hash()).isEqualTo("0".repeat(64));
  }

  @Test
  void aFileAloneIsItsNameAndContent() throws IOException {
    FileHashes hashes = new FileHashes(memory, false);
    String before = hashes.ofAll(file, 1);
    Path moved = Files.createDirectories(folder.resolve("elsewhere")).resolve(file.getFileName());
    Files.copy(file, moved);
    assertThat(hashes.ofAll(moved, 1)).isEqualTo(before).isNotEqualTo(hashes.of(file));
    Files.move(moved, moved.resolveSibling("other.bin"));
    assertThat(hashes.ofAll(moved.resolveSibling("other.bin"), 1)).isNotEqualTo(before);
  }

  @Test
  void aFolderIsItsNamesAndContents() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus/deep"));
    Files.writeString(corpus.resolve("a.txt"), "a");
    FileHashes hashes = new FileHashes(memory, false);
    String before = hashes.ofAll(folder.resolve("corpus"), 9);
    assertThat(hashes.ofAll(folder.resolve("corpus"), 1)).isNotEqualTo(before);
    Files.move(corpus.resolve("a.txt"), corpus.resolve("b.txt"));
    assertThat(hashes.ofAll(folder.resolve("corpus"), 9)).isNotEqualTo(before);
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> hashes.ofAll(nowhere, 1))
        .isInstanceOf(UserError.class)
        .hasMessage(nowhere + ": there is no such file or folder");
  }
}
