package dev.fusebox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose code is in the keys of stages: shown on copies of modules in which one class differs. */
class CodeOfStagesTest {

  @TempDir Path folder;

  /** What makes a stage's key, of the program as it is but for one class. */
  private List<String> keysWithout(String classFile) throws Exception {
    List<URL> places = new ArrayList<>();
    boolean changed = false;
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String place : classPath.split(File.pathSeparator)) {
      Path path = Path.of(place);
      if (holds(path, classFile)) {
        path = copyOf(path);
        Files.write(path.resolve(classFile), new byte[] {0}, StandardOpenOption.APPEND);
        changed = true;
      }
      places.add(path.toUri().toURL());
    }
    assertThat(changed || classFile.isEmpty()).as(classFile + " is on the class path").isTrue();
    try (URLClassLoader loader =
        new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      return keys(loader);
    }
  }

  private static boolean holds(Path place, String classFile) throws IOException {
    if (classFile.isEmpty() || !Files.exists(place)) {
      return false;
    }
    if (Files.isDirectory(place)) {
      return Files.exists(place.resolve(classFile));
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return Files.exists(jar.getPath(classFile));
    }
  }

  private Path copyOf(Path place) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("changed"));
    if (Files.isDirectory(place)) {
      copy(place, copy);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        copy(jar.getPath("/"), copy);
      }
    }
    return copy;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        Files.createDirectories(target.getParent());
        Files.copy(each, target);
      }
    }
  }

  private static List<String> keys(ClassLoader loader) throws ReflectiveOperationException {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader); // DJL looks for its engines by that
    try {
      return keysIn(loader);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static List<String> keysIn(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> catalogue = loader.loadClass("dev.fusebox.training.catalogue.FusionCatalogue");
    Class<?> keys = loader.loadClass("dev.fusebox.lab.plan.CodeKeys");
    Object made =
        keys.getConstructor(catalogue)
            .newInstance(catalogue.getMethod("of", ClassLoader.class).invoke(null, loader));
    return List.of(call(made, "models"), call(made, "demo"), call(made, "fusion", "gated"));
  }

  private static String call(Object keys, String method, Object... arguments)
      throws ReflectiveOperationException {
    Class<?>[] types = Stream.of(arguments).map(Object::getClass).toArray(Class<?>[]::new);
    Method found = keys.getClass().getDeclaredMethod(method, types);
    found.setAccessible(true);
    return (String) found.invoke(keys, arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev/fusebox/results/table/CsvTable.class",
        "dev/fusebox/lab/ablation/StageQueue.class",
        "dev/fusebox/cli/ScoreCommand.class"
      })
  void whatPlansScoresAndShowsMakesNoStageAgain(String classFile) throws Exception {
    assertThat(keysWithout(classFile)).isEqualTo(keysWithout(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev/fusebox/training/write/FreeWriter.class",
        "dev/fusebox/training/optimize/training.py",
        "dev/fusebox/questions/prompt/PromptBuilder.class",
        "dev/fusebox/t5/Encoder.class",
        "dev/fusebox/tensor/Step.class"
      })
  void whatDecidesBitsMakesThemAllAgain(String classFile) throws Exception {
    assertThat(keysWithout(classFile).get(0)).isNotEqualTo(keysWithout("").get(0));
  }

  @Test
  void aFusionsCodeIsItsOwn() throws Exception {
    List<String> before = keysWithout("");
    List<String> after = keysWithout("dev/fusebox/fusion/gated/SigmoidGate.class");
    assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
    assertThat(after.get(2)).isNotEqualTo(before.get(2));
  }
}
