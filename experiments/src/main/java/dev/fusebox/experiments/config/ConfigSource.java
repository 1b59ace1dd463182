package dev.fusebox.experiments.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads HOCON: files with their includes, defaults on the class path, overrides as arguments. */
public final class ConfigSource {

  /** The origin of an override. */
  public static final String COMMAND_LINE = "command line";

  private static final Pattern PLACE = Pattern.compile("^(.*?): (\\d+): (.*)$", Pattern.DOTALL);

  private ConfigSource() {}

  /**
   * The file with everything it includes, substitutions not yet resolved.
   *
   * @throws UserError if it or an included file is absent or is no HOCON
   */
  public static Config file(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(file + ": no such file" + neighbour(file));
    }
    ConfigParseOptions options =
        ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(new StrictIncluder());
    return guarded(file.toString(), () -> ConfigFactory.parseFile(file.toFile(), options));
  }

  /** The defaults: every {@code reference.conf} the loader finds, unresolved. */
  public static Config defaults(ClassLoader loader) {
    return guarded("reference.conf", () -> ConfigFactory.parseResources(loader, "reference.conf"));
  }

  /**
   * Arguments of the form {@code key=value}, a later one over an earlier. A value is HOCON, or
   * plain text where it is not.
   */
  public static Config overrides(List<String> arguments) {
    Config result = ConfigFactory.empty(COMMAND_LINE);
    for (String argument : arguments) {
      result = override(argument).withFallback(result);
    }
    return result;
  }

  private static Config override(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      throw new UserError(
          argument
              + ": expected key=value, such as training.epochs=3. fusebox describe lists keys.");
    }
    String key = argument.substring(0, equals);
    String value = argument.substring(equals + 1);
    ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(COMMAND_LINE);
    try {
      boolean comment = value.matches("[^\"\\[{]*(//|#).*");
      return ConfigFactory.parseString(
          comment ? key + "=" + ConfigUtil.quoteString(value) : argument, options);
    } catch (ConfigException e) {
      return ConfigFactory.empty(COMMAND_LINE)
          .withValue(key, ConfigValueFactory.fromAnyRef(value, COMMAND_LINE));
    }
  }

  /**
   * The layers, first over last, with every {@code ${...}} looked up.
   *
   * @param name of the source, for messages that have no place
   * @throws UserError if there is nothing of that name
   */
  public static Config resolve(String name, Config... layers) {
    return guarded(
        name,
        () -> Stream.of(layers).reduce(ConfigFactory.empty(), Config::withFallback).resolve());
  }

  private static Config guarded(String file, java.util.function.Supplier<Config> reading) {
    try {
      return reading.get();
    } catch (ConfigException e) {
      throw new UserError(readable(file, e), e);
    }
  }

  private static String readable(String file, ConfigException e) {
    Matcher place = PLACE.matcher(e.getMessage());
    if (!place.matches()) {
      return file + ": " + e.getMessage();
    }
    String message = place.group(3).replaceAll(" \\(if you intended.*", "");
    return "%s: 1 problem%n  line %s  %s".formatted(place.group(1), place.group(2), message);
  }

  private static String neighbour(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try (Stream<Path> siblings = Files.list(folder)) {
      List<String> names =
          siblings
              .map(path -> path.getFileName().toString())
              .filter(n -> n.endsWith(".conf"))
              .toList();
      return Spelling.nearest(file.getFileName().toString(), names)
          .map(name -> "; did you mean " + file.resolveSibling(name) + "?")
          .orElse(names.isEmpty() ? "" : "; there are " + String.join(", ", names));
    } catch (IOException e) {
      return "; the directory " + folder + " cannot be read";
    }
  }

  /** Includes that must exist: HOCON itself passes over an absent file in silence. */
  private static final class StrictIncluder implements ConfigIncluder {

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      ConfigParseable parseable = context.relativeTo(what);
      try {
        return parseable.parse(context.parseOptions().setAllowMissing(false));
      } catch (ConfigException.IO | NullPointerException e) {
        throw new UserError(
            "include \"" + what + "\": no such file beside the one that includes it", e);
      }
    }
  }
}
