package dev.fusebox.lab.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import dev.fusebox.file.UserError;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resolves the includes of one source, in every form of HOCON except {@code url(...)}. Plain and
 * {@code file(...)} names mean a file beside the including one; where there is none, {@code
 * file(...)} means one in the working directory, plain names and {@code classpath(...)} a resource.
 * The extension may be left out. What is included must exist: HOCON itself silently skips a missing
 * file.
 */
final class Includes
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderClasspath, ConfigIncluderURL {

  private static final List<String> ENDINGS = List.of("", ".conf", ".json", ".properties");

  private final List<Source> trail; // from the first source to the one whose includes these are
  private final Outline outline;
  private final Consumer<Written> seen;

  private Includes(List<Source> trail, Outline outline, Consumer<Written> seen) {
    this.trail = trail;
    this.outline = outline;
    this.seen = seen;
  }

  /**
   * The keys of one source as written.
   *
   * @param source where
   * @param outline what stands there
   */
  record Written(Source source, Outline outline) {}

  /**
   * A source with everything it includes; {@code seen} is called with each once it has been read.
   */
  static Config parse(Source source, Consumer<Written> seen) {
    return parse(List.of(source), seen);
  }

  private static Config parse(List<Source> trail, Consumer<Written> seen) {
    Source source = trail.get(trail.size() - 1);
    String text = source.text();
    ConfigSyntax syntax = syntax(source.name());
    Outline outline = Outline.of(syntax == ConfigSyntax.PROPERTIES ? "" : text);
    Config parsed =
        ConfigFactory.parseString(
            text,
            ConfigParseOptions.defaults()
                .setSyntax(syntax)
                .setOriginDescription(source.name())
                .setIncluder(new Includes(trail, outline, seen)));
    seen.accept(new Written(source, outline));
    return parsed;
  }

  private static ConfigSyntax syntax(String name) {
    if (name.endsWith(".json")) {
      return ConfigSyntax.JSON;
    }
    return name.endsWith(".properties") ? ConfigSyntax.PROPERTIES : ConfigSyntax.CONF;
  }

  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    if (what.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
      throw refused(what);
    }
    List<Source> places = new ArrayList<>(beside(what));
    places.addAll(resources(what));
    return found(what, places, "beside it");
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    List<Source> places = new ArrayList<>(beside(what.toString()));
    places.add(new Source.OfFile(what.toPath()));
    return found(what.toString(), places, "beside it or in the working directory");
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    return found(what, resources("/" + what.replaceFirst("^/", "")), "on the class path");
  }

  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    throw refused(what.toString());
  }

  private UserError refused(String what) {
    return problem(
        what, "an address; only files and the class path are included: save it beside this file");
  }

  private Source own() {
    return trail.get(trail.size() - 1);
  }

  private List<Source> beside(String what) {
    return own() instanceof Source.OfFile ? own().beside(what).stream().toList() : List.of();
  }

  private List<Source> resources(String what) {
    Source ground =
        own() instanceof Source.OfResource
            ? own()
            : new Source.OfResource(Includes.class.getClassLoader(), "");
    return ground.beside(what).stream().toList();
  }

  private ConfigObject found(String what, List<Source> places, String where) {
    for (Source place : places) {
      List<Source> spelled = ENDINGS.stream().flatMap(end -> ended(place, end)).toList();
      if (!spelled.isEmpty()) {
        return merged(what, spelled);
      }
    }
    boolean folder =
        places.stream()
            .anyMatch(
                place -> place instanceof Source.OfFile file && Files.isDirectory(file.path()));
    throw problem(
        what,
        folder
            ? "is a folder; name each of its files that is to be included"
            : "no such file " + where + neighbour(places));
  }

  /**
   * As HOCON does: a name without an extension is all files of that name, .conf over the others.
   */
  private ConfigObject merged(String what, List<Source> sources) {
    Config all = ConfigFactory.empty();
    for (Source each : sources) {
      if (each instanceof Source.OfFile file && !Files.isRegularFile(file.path())) {
        throw problem(what, "is no regular file; a config is a text file");
      }
      all = all.withFallback(parse(followed(what, each), seen));
    }
    return all.root();
  }

  private static Stream<Source> ended(Source source, String ending) {
    if (source instanceof Source.OfResource resource) {
      Source named = new Source.OfResource(resource.loader(), resource.resource() + ending);
      return named.exists() ? Stream.of(named) : Stream.empty();
    }
    Path path = ((Source.OfFile) source).path();
    Source named = new Source.OfFile(path.resolveSibling(path.getFileName() + ending));
    boolean folder = ending.isEmpty() && path.toFile().isDirectory();
    return named.exists() && !folder ? Stream.of(named) : Stream.empty();
  }

  private List<Source> followed(String what, Source next) {
    boolean circle = trail.stream().anyMatch(each -> each.identity().equals(next.identity()));
    List<Source> longer = new ArrayList<>(trail);
    longer.add(next);
    if (circle) {
      throw problem(
          what,
          "includes run in a circle: "
              + longer.stream().map(Source::name).collect(Collectors.joining(" → ")));
    }
    return longer;
  }

  private static String neighbour(List<Source> places) {
    return places.stream()
        .filter(Source.OfFile.class::isInstance)
        .map(place -> ConfigSource.neighbour(((Source.OfFile) place).path()))
        .findFirst()
        .orElse("");
  }

  private UserError problem(String what, String message) {
    OptionalInt line = outline.lineOfInclude(what);
    return new UserError(
        "%s: 1 problem%n  %sinclude \"%s\": %s"
            .formatted(
                own().name(),
                line.isPresent() ? "line " + line.getAsInt() + "  " : "",
                what,
                message));
  }
}
