package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
    for (String file : new String[] {"fusebox", "libtorch-memory"}) {
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
        "#!/bin/sh\necho \"LC_ALL=${LC_ALL:-}\"\nexec \"$REAL_JAVA\" -XshowSettings:properties -version\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    assertThat(home.resolve("fusebox").toFile().setExecutable(true)).isTrue();
  }

  private String started(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("fusebox").toString()).redirectErrorStream(true);
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG", "FUSEBOX_MAVEN"}) {
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

  @Test
  void aLocaleOfUtf8IsLeftAsItIs() throws Exception {
    assertThat(started(Map.of("LC_ALL", "C.UTF-8"))).contains("LC_ALL=C.UTF-8\n");
    assertThat(started(Map.of("LANG", "C.UTF-8"))).contains("LC_ALL=\n");
  }
}
