package dev.fusebox.cli.docs;

import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The javadoc of all modules as one tree of pages, made by the JDK's own tool. */
public final class JavadocPages {

  private static final Path SOURCES = Path.of("src/main/java");

  private final List<Path> sources;

  private JavadocPages(List<Path> sources) {
    this.sources = sources;
  }

  /**
   * That of the modules whose sources lie in a folder of Fusebox; empty in a release, which has
   * none.
   *
   * @param home Fusebox's own folder
   */
  public static Optional<JavadocPages> of(Path home) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path parent : List.of(home, home.resolve("experiments"))) {
      if (Files.isDirectory(parent)) {
        try (Stream<Path> modules = Files.list(parent)) {
          modules
              .map(module -> module.resolve(SOURCES))
              .filter(Files::isDirectory)
              .forEach(sources::add);
        }
      }
    }
    sources.sort(null);
    return sources.isEmpty() ? Optional.empty() : Optional.of(new JavadocPages(sources));
  }

  /**
   * Writes the pages, whole or not at all. Types of libraries that are not at hand, such as JUnit's
   * in the test kit, stay plain words.
   *
   * @param folder what was there is replaced
   * @throws UserError if this Java has no javadoc, or it fails
   */
  public void write(Path folder) throws IOException {
    ToolProvider javadoc =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(
                () ->
                    new UserError(
                        "docs: this Java has no javadoc, a JDK has; or say --no-javadoc"));
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    DirectoryTree.delete(unfinished);
    StringWriter said = new StringWriter();
    int status = javadoc.run(new PrintWriter(said), new PrintWriter(said), arguments(unfinished));
    if (status != 0 || !Files.exists(unfinished.resolve("index.html"))) {
      throw new UserError("docs: javadoc failed with status %d: %s".formatted(status, said));
    }
    DirectoryTree.delete(folder);
    WholeFile.move(unfinished, folder);
  }

  private String[] arguments(Path folder) {
    return new String[] {
      "-quiet",
      "-notimestamp",
      "-Xdoclint:none",
      "--ignore-source-errors",
      "-windowtitle",
      "Fusebox",
      "-doctitle",
      "Fusebox",
      "-classpath",
      System.getProperty("java.class.path"),
      "-sourcepath",
      sources.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
      "-subpackages",
      "dev.fusebox",
      "-d",
      folder.toString()
    };
  }
}
