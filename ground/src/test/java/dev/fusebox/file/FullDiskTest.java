package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

  @TempDir Path folder;

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
  void roomIsToldOfTheNearestFolderThatIsThere() {
    assertThat(FullDisk.freeAt(folder.resolve("not/yet/there.bin"))).matches("\\d+\\.\\d MB");
    assertThat(FullDisk.size(1_250_000_000)).isEqualTo("1250.0 MB");
  }

  @Test
  void troubleThatHasItsFileKeepsIt() {
    IOException named = new FileSystemException("a.bin", null, "Permission denied");
    assertThat(FullDisk.at(folder, named)).isSameAs(named);
  }

  @Test
  void otherTroubleIsNoFullDisk() {
    assertThat(FullDisk.behind(new UserError("heads", new IOException("Permission denied"))))
        .isEmpty();
    assertThat(FullDisk.behind(new IllegalStateException())).isEmpty();
  }
}
