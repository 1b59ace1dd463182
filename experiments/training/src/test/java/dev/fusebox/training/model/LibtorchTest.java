package dev.fusebox.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {

  @TempDir Path folder;

  @Test
  void theBuildsOwnIsTheOneThatTheEngineStarts() {
    assertThat(Libtorch.version(Optional.empty())).isEqualTo(Engine.getInstance().getVersion());
  }

  @Test
  void oneThatIsNamedInsteadSaysItself() throws IOException {
    Optional<Path> libraries = Optional.of(Files.createDirectory(folder.resolve("lib")));
    assertThat(Libtorch.version(libraries)).isEqualTo("of " + libraries.get());
    Files.writeString(folder.resolve("build-version"), "2.7.1+cpu\n");
    assertThat(Libtorch.version(libraries)).isEqualTo("2.7.1+cpu");
    Files.writeString(
        folder.resolve("version.py"),
        "from x import y\n__version__ = '2.7.1+cu126'\ndebug = False");
    assertThat(Libtorch.version(libraries)).isEqualTo("2.7.1+cu126");
  }
}
