package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results are made again when the code that makes them changes, and only then. */
class CodeVersionTest {

  private static final String WITNESS = Whitespace.class.getName();
  private static final String WITNESS_FILE = WITNESS.replace('.', '/') + ".class";

  @TempDir private Path directory;
  private final Map<String, byte[]> code = new TreeMap<>();
  private int made;

  @BeforeEach
  void aModule() throws IOException {
    try (var own = Whitespace.class.getResourceAsStream("Whitespace.class")) {
      code.put(WITNESS_FILE, own.readAllBytes());
    }
    put("dev/fusebox/other/Model.class", "model");
    put("ops.py", "def f(): pass");
  }

  private void put(String name, String content) {
    code.put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private String inDirectory(String... packages) throws Exception {
    Path folder = directory.resolve("classes" + made++);
    for (Map.Entry<String, byte[]> file : code.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return version(folder.toUri().toURL(), packages);
  }

  private String inJar() throws Exception {
    Path jar = directory.resolve("module" + made++ + ".jar");
    try (OutputStream output = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(output)) {
      zip.putNextEntry(new ZipEntry("dev/"));
      for (Map.Entry<String, byte[]> file : code.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return version(jar.toUri().toURL());
  }

  private static String version(URL source, String... packages) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {source}, null)) {
      Class<?> witness = loader.loadClass(WITNESS);
      return packages.length == 0
          ? CodeVersion.of(witness)
          : CodeVersion.of(witness, List.of(packages));
    }
  }

  @Test
  void theSameCodeIsTheSameInAJarAndInAFolder() throws Exception {
    assertThat(inDirectory()).hasSize(12).isEqualTo(inJar());
  }

  @Test
  void whatTheBuildWritesBesideDoesNotCount() throws Exception {
    String before = inDirectory();
    put("META-INF/MANIFEST.MF", "Built-By: somebody");
    put("git.properties", "commit=1");
    assertThat(inDirectory()).isEqualTo(before);
    assertThat(inJar()).isEqualTo(before);
  }

  @Test
  void anyOtherChangeCounts() throws Exception {
    String before = inDirectory();
    put("ops.py", "def f(): return 1");
    String script = inDirectory();
    assertThat(script).isNotEqualTo(before).isEqualTo(inJar());
    put("more.py", "");
    assertThat(inDirectory()).isNotEqualTo(script).isEqualTo(inJar());
  }

  @Test
  void onlyThePackagesAskedForCount() throws Exception {
    String before = inDirectory("dev/fusebox/other/");
    put("ops.py", "def f(): return 1");
    assertThat(inDirectory("dev/fusebox/other/")).isEqualTo(before);
    put("dev/fusebox/other/Model.class", "another");
    assertThat(inDirectory("dev/fusebox/other/")).isNotEqualTo(before);
  }
}
