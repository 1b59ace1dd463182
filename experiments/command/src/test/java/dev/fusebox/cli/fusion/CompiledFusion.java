package dev.fusebox.cli.fusion;

import dev.fusebox.cli.SourceCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A fusion's folder, compiled as the build would. */
final class CompiledFusion {

  private final Path classes;

  private CompiledFusion(Path classes) {
    this.classes = classes;
  }

  /** Compiles main and test sources with every warning an error, and copies the resources. */
  static CompiledFusion of(Path folder, Path classes) throws IOException {
    SourceCompiler.compile(java(folder), classes);
    copy(folder.resolve("src/main/resources"), classes);
    return new CompiledFusion(classes);
  }

  private static List<Path> java(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** A class loader that finds it beside this program. */
  URLClassLoader loader() throws MalformedURLException {
    return new URLClassLoader(
        new URL[] {classes.toUri().toURL()}, CompiledFusion.class.getClassLoader());
  }

  /** Runs one of its test classes. */
  TestExecutionSummary run(String test) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = loader()) {
      thread.setContextClassLoader(loader);
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(DiscoverySelectors.selectClass(loader.loadClass(test)))
                  .build(),
              listener);
      return listener.getSummary();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Packs it. */
  Path jar(Path target) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target));
        Stream<Path> files = Files.walk(classes)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  String name = classes.relativize(file).toString().replace('\\', '/');
                  jar.putNextEntry(new JarEntry(name));
                  Files.copy(file, jar);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return target;
  }
}
