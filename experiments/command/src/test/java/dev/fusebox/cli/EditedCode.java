package dev.fusebox.cli;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project after some edits. Edited files are compiled, and with them all that mention what they
 * declare, so that nothing that the edits break goes unnoticed; the rest is as it was built.
 */
final class EditedCode implements AutoCloseable {

  private static final Set<String> LATER = Set.of("benchmarks", "cluster");

  private final Path folder;
  private final Path classes;
  private final Loader loader;

  private EditedCode(Path folder, Path classes) throws MalformedURLException {
    this.folder = folder;
    this.classes = classes;
    this.loader = new Loader(classes);
  }

  /** Our classes anew, all others as they are: libtorch can be loaded by one loader only. */
  private static final class Loader extends URLClassLoader {

    Loader(Path classes) throws MalformedURLException {
      super(urls(classes), EditedCode.class.getClassLoader());
    }

    private static URL[] urls(Path classes) throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String entry : SourceCompiler.classPath(classes).split(File.pathSeparator)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        return name.startsWith("dev.fusebox.") ? findClass(name) : super.loadClass(name, resolve);
      }
    }

    @Override
    public URL getResource(String name) {
      return findResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return findResources(name);
    }
  }

  /** Does the steps in {@code folder} and compiles. */
  static EditedCode after(List<GuideStep> steps, Path folder) throws IOException {
    Path copy = folder.resolve("copy");
    for (GuideStep step : steps) {
      step.apply(copy);
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<Path> sources = new ArrayList<>(files(copy, "java"));
    sources.addAll(mentioning(steps));
    SourceCompiler.compile(sources, classes);
    for (Path resource : files(copy, "resources")) {
      String name = resource.toString().split("/src/main/resources/", 2)[1];
      Files.createDirectories(classes.resolve(name).getParent());
      Files.copy(resource, classes.resolve(name));
    }
    return new EditedCode(folder, classes);
  }

  private static List<Path> files(Path root, String kind) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains("/src/main/" + kind + "/"))
          .toList();
    }
  }

  /** All that the program is made of: what measures it, and what carries it, is built later. */
  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String place : List.of("", "experiments")) {
      try (DirectoryStream<Path> modules = Files.newDirectoryStream(Markdown.ROOT.resolve(place))) {
        for (Path module : modules) {
          if (Files.isDirectory(module.resolve("src/main/java"))
              && !LATER.contains(module.getFileName().toString())) {
            sources.addAll(files(module.resolve("src/main/java"), "java"));
          }
        }
      }
    }
    return sources;
  }

  private static List<Path> mentioning(List<GuideStep> steps) throws IOException {
    List<Path> edited = steps.stream().map(GuideStep::file).toList();
    Pattern names =
        Pattern.compile(
            edited.stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .map(name -> name.replace(".java", ""))
                .collect(Collectors.joining("|", "\\b(", ")\\b")));
    List<Path> found = new ArrayList<>();
    for (Path source : sources()) {
      if (!edited.contains(Markdown.ROOT.relativize(source))
          && names.matcher(Files.readString(source)).find()) {
        found.add(source);
      }
    }
    return found;
  }

  /** What a few lines of code in a package return. */
  Object answer(String inPackage, String imports, String body) throws Exception {
    String name = "Answer" + Integer.toHexString((inPackage + body).hashCode());
    Path source = folder.resolve(name + ".java");
    Files.writeString(
        source,
        """
        package %s;
        %s
        public final class %s implements java.util.concurrent.Callable<Object> {
          public %3$s() {}
          @Override
          public Object call() throws Exception {
            %s
          }
        }
        """
            .formatted(
                inPackage,
                imports
                    .lines()
                    .map(type -> "import " + type + ";")
                    .collect(Collectors.joining("\n")),
                name,
                body));
    SourceCompiler.compile(List.of(source), classes);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?> answering = loader.loadClass(inPackage + "." + name);
      return ((Callable<?>) answering.getConstructor().newInstance()).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** What the program prints. */
  String fusebox(String... words) throws Exception {
    return (String)
        answer(
            "dev.fusebox.cli",
            "java.io.PrintWriter\njava.io.StringWriter",
            """
            StringWriter out = new StringWriter();
            Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("%s");
            return out.toString();
            """
                .formatted(String.join("\", \"", words)));
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
