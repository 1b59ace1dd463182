package dev.fusebox.lab.ablation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.config.ConfigSource;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.lab.config.Repeats;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An experiment's file as it was read, once for a command: its layers, not bound to anything yet.
 *
 * @param path as it was named
 * @param overrides {@code key=value}, as they were given
 * @param defaults what every {@code reference.conf} says
 * @param own what the file says
 * @param given what the command line says
 * @param everything the command line over the file over the defaults
 * @param repeated what is wrong already: names that are written twice
 * @param notes what a person should know of the text
 */
public record ExperimentFile(
    Path path,
    List<String> overrides,
    ConfigObject defaults,
    ConfigObject own,
    ConfigObject given,
    ConfigObject everything,
    Problems repeated,
    List<String> notes) {

  /**
   * Reads the file.
   *
   * @param overrides {@code key=value}, over every variant; {@code seeds}, {@code draws} and {@code
   *     jobs} stand for those of {@code ablation}
   * @throws UserError if it cannot be read or is no HOCON
   */
  public static ExperimentFile read(Path file, List<String> overrides, ClassLoader loader) {
    Problems problems = new Problems();
    List<String> notes = new ArrayList<>();
    Config defaults = ConfigSource.defaults(loader);
    Config own = ConfigSource.file(file, new Repeats(problems, notes));
    Config given =
        ConfigSource.overrides(overrides.stream().map(ExperimentFile::spelledOut).toList());
    String name = file.toString();
    // The defaults have no recipe's keys at their root, so the layers stay apart.
    return new ExperimentFile(
        file,
        overrides,
        ConfigSource.resolve("reference.conf", defaults).root(),
        ConfigSource.resolve(name, variables(given, own), own, defaults).root(),
        ConfigSource.resolve(ConfigSource.COMMAND_LINE, given, defaults).root(),
        ConfigSource.resolve(name, given, own, defaults).root(),
        problems,
        notes);
  }

  /**
   * Where the experiment is to be computed.
   *
   * @throws UserError if the key names no device
   */
  public Devices devices() {
    ConfigValue value = everything.get("device");
    List<?> names =
        value.unwrapped() instanceof List<?> several ? several : List.of(value.unwrapped());
    try {
      return new Devices(names.stream().map(name -> new DeviceName(String.valueOf(name))).toList());
    } catch (IllegalArgumentException e) {
      throw new UserError(value.origin().description() + ": " + e.getMessage());
    }
  }

  /**
   * The overrides that are applied to the file itself, so that its substitutions ({@code ${...}})
   * see them: those that replace a plain value. Presets, by name or as a block, are left to {@link
   * dev.fusebox.lab.config.Layers}.
   */
  private static Config variables(Config given, Config own) {
    Config result = given;
    for (String key : RecipeTree.KEYS) {
      result = result.withoutPath(key);
    }
    for (Map.Entry<String, ConfigValue> leaf : given.entrySet()) {
      if (fits(ConfigUtil.splitPath(leaf.getKey()), own.root())) {
        result = result.withValue(leaf.getKey(), leaf.getValue());
      }
    }
    return result;
  }

  /** Whether a path leads through blocks to a value that is none. */
  private static boolean fits(List<String> path, ConfigObject into) {
    ConfigValue value = into;
    for (String key : path) {
      value = value instanceof ConfigObject block ? block.get(key) : null;
    }
    return value != null && !(value instanceof ConfigObject);
  }

  private static String spelledOut(String override) {
    return override.matches("(?s)(seeds|draws|jobs)=.*") ? "ablation." + override : override;
  }
}
