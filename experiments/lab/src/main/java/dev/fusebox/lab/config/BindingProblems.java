package dev.fusebox.lab.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import dev.fusebox.file.Spelling;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a binder finds wrong, told at the key as the person wrote it. */
record BindingProblems(Problems problems) {

  /** Whether nothing is wrong so far. */
  boolean none() {
    return problems.none();
  }

  /** Notes a problem with {@code value}. */
  void add(ConfigValue value, String key, String message) {
    problems.add(value.origin(), ConfigKeys.shown(value, key) + Scalars.found(value), message);
  }

  /** Notes that a block lacks a key. */
  void missing(ConfigObject block, String key, String name, String expected) {
    problems.add(block.origin(), ConfigKeys.join(key, name), "missing; " + expected);
  }

  /** Notes a problem with what begins at {@code origin}. */
  void add(ConfigOrigin origin, String key, String message) {
    problems.add(origin, key, message);
  }

  /** Notes a value that stands where a block belongs. */
  void noBlock(ConfigValue value, String key, String expected) {
    add(value, key, MovedKeys.message(key, value).orElse(expected));
  }

  /** Notes that {@code name} is none of the {@code known} keys of the block {@code key}. */
  void unknownKey(ConfigOrigin origin, String key, String name, Collection<String> known) {
    String full = ConfigKeys.join(key, name);
    problems.add(
        origin, full, MovedKeys.message(full).orElseGet(() -> unknownKey(key, name, known)));
  }

  private static String unknownKey(String key, String name, Collection<String> known) {
    return "unknown key"
        + Spelling.nearest(name, known)
            .map(word -> "; did you mean " + ConfigKeys.join(key, word) + "?")
            .orElse("; known: " + words(known));
  }

  /** See {@link Binder#brokenRule}. */
  void brokenRule(String message, ConfigObject object, String key) {
    String[] words = message.split(" ", 2);
    ConfigValue culprit = within(object, words[0]);
    boolean unwritten = // a default of a block further in: the block is what was written
        culprit != null
            && words[0].contains(".")
            && ConfigOrigins.file(culprit.origin()).equals(ConfigOrigins.DEFAULTS);
    if (culprit == null || unwritten || words.length < 2) {
      problems.add(object.origin(), key.isEmpty() ? "(root)" : key, message);
      return;
    }
    String found = ", found " + culprit.unwrapped();
    String rule =
        words[1].endsWith(found)
            ? words[1].substring(0, words[1].length() - found.length())
            : words[1];
    String place = key;
    for (String name : words[0].split("\\.", -1)) {
      place = ConfigKeys.join(place, name);
    }
    add(culprit, place, rule);
  }

  private static ConfigValue within(ConfigObject object, String path) {
    ConfigValue value = object;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof ConfigObject block ? block.get(name) : null;
    }
    return value;
  }

  /** Words in a list: in their own order if they have one. */
  static String words(Collection<String> words) {
    Set<String> known = words instanceof List ? new LinkedHashSet<>(words) : new TreeSet<>(words);
    return Spelling.list(known);
  }
}
