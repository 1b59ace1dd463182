package dev.fusebox.cli.docs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All guides of a Fusebox, every setting and every fusion, as HTML that needs no network. What a
 * guide links to in Fusebox's folder is copied beside it.
 */
public final class DocsSite {

  private static final Path SETTINGS = Path.of("settings.md");
  private static final Path README = Path.of("README.md");

  /** Where {@link JavadocPages} are, if they were written. */
  public static final Path JAVADOC = Path.of("javadoc");

  private static final String SETTINGS_LEAD =
      """
      # Every setting

      A config only states what differs. A setting of `features`, `control`, `fusion`, `model`, `training` and `decoding` holds for every stage, and may
      be overridden for one: `pipeline.STAGE.training.steps`. Where no default is given, nothing is set. The page Fusions has the settings of each fusion.
      %s
      ## As the program reads it

      %s""";

  private final Path home;
  private final Map<Path, Guide> guides = new LinkedHashMap<>();
  private final Set<Path> copied = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();

  private DocsSite(Path home) {
    this.home = home;
  }

  /**
   * Reads the guides.
   *
   * @param home Fusebox's own folder
   * @param loader finds the settings and their defaults, {@code reference.conf} of every module
   * @throws UserError if there are none
   */
  public static DocsSite of(Path home, ClassLoader loader) throws IOException {
    if (!Files.exists(home.resolve(README))) {
      throw new UserError("docs: no README.md in " + home + ", which is not Fusebox's folder");
    }
    DocsSite site = new DocsSite(home);
    site.read(README);
    site.guides.put(SETTINGS, Guide.of(SETTINGS, settings(loader)));
    for (String folder : List.of("docs", "benchmarks", "")) {
      for (Path text : texts(home.resolve(folder))) {
        site.read(home.relativize(text));
      }
    }
    return site;
  }

  private void read(Path path) throws IOException {
    if (!guides.containsKey(path)) {
      guides.put(path, Guide.of(path, Files.readString(home.resolve(path))));
    }
  }

  private static List<Path> texts(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static String settings(ClassLoader loader) throws IOException {
    Map<String, String> blocks = new TreeMap<>();
    String tables = "";
    for (URL url : Collections.list(loader.getResources("reference.conf"))) {
      try (InputStream stream = url.openStream()) {
        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        Config config = ConfigFactory.parseString(text);
        if (config.hasPath("defaults")) {
          blocks.put("", hocon(text)); // in front of the fusions
          tables = SettingsPage.of(text, config);
        } else if (config.hasPath("fusions")) {
          blocks.put(config.getObject("fusions").keySet().toString(), hocon(text));
        }
      }
    }
    return SETTINGS_LEAD.formatted(tables, String.join("\n", blocks.values()));
  }

  private static String hocon(String text) {
    return "```hocon\n" + text + "```\n";
  }

  /**
   * Writes the pages; they lead to the javadoc if it is there.
   *
   * @return links that lead to nothing here, as {@code page: target}; their words are left
   */
  public List<String> write(Path folder) throws IOException {
    Path classes = JAVADOC.resolve("index.html");
    boolean javadoc = Files.isRegularFile(folder.resolve(classes));
    for (Guide guide : guides.values()) {
      String page = page(guide, javadoc ? entry(guide, classes, "", "Classes (javadoc)") : "");
      WholeFile.write(
          folder.resolve(html(guide.path())),
          output -> output.write(page.getBytes(StandardCharsets.UTF_8)));
    }
    for (Path file : copied) {
      byte[] bytes = Files.readAllBytes(home.resolve(file));
      WholeFile.write(folder.resolve(file), output -> output.write(bytes));
    }
    return List.copyOf(missing);
  }

  private static Path html(Path markdown) {
    return Path.of(
        markdown.equals(README) ? "index.html" : markdown.toString().replaceAll("\\.md$", ".html"));
  }

  private String page(Guide guide, String last) throws IOException {
    String title = guide.title();
    return resource("page.html")
        .replace("{{title}}", escaped(title))
        .replace("{{style}}", resource("page.css"))
        .replace("{{pages}}", navigation(guide) + last)
        .replace("{{text}}", guide.html(link -> address(guide.path(), link)));
  }

  private String navigation(Guide here) {
    return guides.values().stream()
        .map(
            guide ->
                entry(
                    here,
                    html(guide.path()),
                    guide.equals(here) ? " aria-current=\"page\"" : "",
                    guide.title()))
        .collect(Collectors.joining());
  }

  private static String entry(Guide here, Path target, String mark, String title) {
    return "<li><a href=\"%s\"%s>%s</a></li>\n"
        .formatted(between(here.path(), target), mark, escaped(title));
  }

  /** Where a link of a guide leads on the site; empty if to nothing. */
  private String address(Path page, String link) {
    if (link.startsWith("#") || link.matches("[a-z]+:.*")) {
      return link;
    }
    String[] parts = link.split("#", 2);
    Path target = page.resolveSibling(parts[0]).normalize();
    String anchor = parts.length > 1 ? "#" + parts[1] : "";
    if (guides.containsKey(target)) {
      return between(page, html(target)) + anchor;
    }
    if (target.startsWith("..") || !Files.isRegularFile(home.resolve(target))) {
      missing.add(page + ": " + link);
      return "";
    }
    copied.add(target);
    return between(page, target);
  }

  /** A relative address, with slashes on every system. */
  private static String between(Path page, Path target) {
    Path folder = page.getParent();
    Path relative = folder == null ? target : folder.relativize(target);
    return relative.toString().replace('\\', '/');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = DocsSite.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
