package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The {@code fusebox} script, with a Java that says what it was started with. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  @TempDir Path home;

  @BeforeEach
  void layOut() throws IOException {
    Path root = Path.of(System.getProperty("fusebox.root"));
    for (String file : new String[] {"fusebox", "libtorch-memory", "libtorch-place"}) {
      Files.copy(root.resolve(file), home.resolve(file));
    }
    Files.createDirectories(home.resolve("module/src/main"));
    Files.createFile(home.resolve("pom.xml"));
    Files.createFile(home.resolve("module/pom.xml"));
    Path app = Files.createDirectories(home.resolve("experiments/command/target/app"));
    Files.createFile(app.resolve("built"));
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        echo "LC_ALL=${LC_ALL:-}"
        echo "libtorch=${PYTORCH_LIBRARY_PATH:-its own} ${PYTORCH_FLAVOR:-}"
        echo "libraries=${LD_LIBRARY_PATH:-}"
        echo "options=$*"
        exec "$REAL_JAVA" -XshowSettings:properties -version
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    assertThat(home.resolve("fusebox").toFile().setExecutable(true)).isTrue();
  }

  private String started(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("fusebox").toString()).redirectErrorStream(true);
    for (String name :
        new String[] {"LC_ALL", "LC_CTYPE", "LANG", "FUSEBOX_MAVEN", "FUSEBOX_JAVA"}) {
      builder.environment().remove(name);
    }
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder
        .environment()
        .put("REAL_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void namesOfFilesAreUtf8WhereTheLocaleKnowsAsciiAlone() throws Exception {
    for (Map<String, String> locale :
        List.<Map<String, String>>of(
            Map.of("LC_ALL", "C"),
            Map.of("LANG", "POSIX"),
            Map.of(),
            Map.of("LC_ALL", "xx_XX.UTF-8"))) {
      assertThat(started(locale)).as(locale.toString()).contains("sun.jnu.encoding = UTF-8");
    }
  }

  /** As pip lays out PyTorch for CUDA. */
  private Path torch() throws IOException {
    Path torch = Files.createDirectories(home.resolve("site-packages/torch/lib"));
    Files.createFile(torch.resolve("libtorch_cuda.so"));
    Files.createDirectories(home.resolve("site-packages/nvidia/cuda_runtime/lib"));
    return torch;
  }

  @Test
  void aLibtorchForCudaComesWithItsFlavorAndWithWhatLiesBesideIt() throws Exception {
    String torch = torch().toString();
    Path driver = Files.createDirectories(home.resolve("driver"));
    Files.createFile(driver.resolve("libcuda.so.1"));
    String runtime = home.resolve("site-packages/nvidia/cuda_runtime/lib").toRealPath().toString();
    String said =
        started(Map.of("PYTORCH_LIBRARY_PATH", torch, "LD_LIBRARY_PATH", driver.toString()));
    assertThat(said)
        .contains("libtorch=" + torch + " cu128\n")
        .contains("libraries=" + torch + ":" + runtime + ":" + driver + "\n")
        .contains("-Djna.library.path=" + runtime + " ");
    assertThat(
            started(
                Map.of(
                    "PYTORCH_LIBRARY_PATH",
                    torch,
                    "LD_LIBRARY_PATH",
                    driver.toString(),
                    "PYTORCH_FLAVOR",
                    "cu124",
                    "FUSEBOX_JAVA",
                    "-Djna.library.path=/mine")))
        .as("what is set counts")
        .contains("libtorch=" + torch + " cu124\n")
        .contains("-Djna.library.path=/mine ")
        .doesNotContain("-Djna.library.path=" + runtime);
  }

  @Test
  void withoutADriverTheBuildsOwnLibtorchComputes() throws Exception {
    assumeThat(Path.of("/dev/nvidiactl")).as("this machine has a driver").doesNotExist();
    String said = started(Map.of("PYTORCH_LIBRARY_PATH", torch().toString()));
    assertThat(said)
        .contains(
            "fusebox: the libtorch in PYTORCH_LIBRARY_PATH is for CUDA, and this machine has no driver of NVIDIA:"
                + " the build's own computes, on the CPU")
        .contains("libtorch=its own \n");
  }

  @Test
  void aLibtorchForTheCpuComesWithItsFlavor() throws Exception {
    Path torch = Files.createDirectories(home.resolve("torch"));
    Files.createFile(torch.resolve("libtorch_cpu.so"));
    assertThat(started(Map.of("PYTORCH_LIBRARY_PATH", torch.toString())))
        .contains("libtorch=" + torch + " cpu\n");
  }

  @Test
  void aLocaleOfUtf8IsLeftAsItIs() throws Exception {
    assertThat(started(Map.of("LC_ALL", "C.UTF-8"))).contains("LC_ALL=C.UTF-8\n");
    assertThat(started(Map.of("LANG", "C.UTF-8"))).contains("LC_ALL=\n");
  }
}
