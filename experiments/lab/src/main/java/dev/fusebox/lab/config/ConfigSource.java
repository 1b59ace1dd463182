package dev.fusebox.lab.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @throws UserError if it or an included file is missing or is not HOCON
   */
  public static Config file(Path file) {
    return file(file, new Repeats(new Problems(), new ArrayList<>()));
  }

  /** The same; keys written twice in one text are reported to {@code repeats}. */
  public static Config file(Path file, Repeats repeats) {
    Source source = new Source.OfFile(file);
    if (!source.exists()) {
      throw new UserError(file + ": no such file" + neighbour(file));
    }
    return guarded(file.toString(), () -> Includes.parse(source, repeats::find));
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
      return guarded(
          COMMAND_LINE,
          () ->
              ConfigFactory.empty(COMMAND_LINE)
                  .withValue(checked(key), ConfigValueFactory.fromAnyRef(value, COMMAND_LINE)));
    }
  }

  private static String checked(String key) {
    try {
      ConfigUtil.splitPath(key);
      return key;
    } catch (ConfigException e) {
      throw new UserError(
          COMMAND_LINE
              + ": "
              + key
              + " is no key: names with dots between them, such as training.epochs; a name with"
              + " other signs than letters, digits, _ and - stands in quotes");
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
    } catch (StackOverflowError e) {
      throw new UserError(file + ": its blocks or references are nested too deeply", e);
    }
  }

  private static String readable(String file, ConfigException e) {
    Matcher place = PLACE.matcher(e.getMessage());
    if (!place.matches()) {
      return file + ": " + e.getMessage();
    }
    String message =
        place
            .group(3)
            .replaceAll(" \\(if you intended.*", "")
            .replaceAll(
                ".* not: end of file.*", "the file ends inside a block: a } or ] is missing");
    return "%s: 1 problem%n  line %s  %s".formatted(place.group(1), place.group(2), message);
  }

  static String neighbour(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    try (Stream<Path> siblings = Files.list(folder)) {
      List<String> names =
          siblings
              .map(path -> path.getFileName().toString())
              .filter(n -> n.endsWith(".conf"))
              .sorted()
              .toList();
      return Spelling.nearest(file.getFileName().toString(), names)
          .map(name -> "; did you mean " + file.resolveSibling(name) + "?")
          .orElse(names.isEmpty() ? "" : "; there are " + Spelling.list(names));
    } catch (IOException e) {
      return "; the directory " + folder + " cannot be read";
    }
  }
}
