package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles as the build would: every warning is an error. */
public final class SourceCompiler {

  private SourceCompiler() {}

  /** Where classes are found: what was compiled before, then everything that this test knows. */
  static String classPath(Path classes) {
    String known =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return classes + File.pathSeparator + known;
  }

  /** Compiles sources into a folder, beside what is in it. */
  public static void compile(List<Path> sources, Path classes) throws IOException {
    Files.createDirectories(classes);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiles =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  options(classes),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiles).as(said.toString()).isTrue();
    }
  }

  private static List<String> options(Path classes) {
    return List.of(
        "-Xlint:all,-processing,-path",
        "-Werror",
        "-proc:none",
        "-parameters",
        "--release",
        "17",
        "-d",
        classes.toString(),
        "-classpath",
        classPath(classes));
  }
}
