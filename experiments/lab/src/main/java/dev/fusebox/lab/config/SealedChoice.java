package dev.fusebox.lab.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.TypeName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which record of a sealed interface a block describes: the one whose {@linkplain TypeName name}
 * stands in it.
 *
 * @param type of the record
 * @param block its own arguments
 * @param alone whether the block held no arguments of others
 */
record SealedChoice(Class<?> type, ConfigObject block, boolean alone) {

  /** The choice; empty if there is none, which is noted. */
  static Optional<SealedChoice> of(
      Class<?> sealed, ConfigValue value, String key, BindingProblems problems) {
    String by = TypeName.key(sealed);
    if (!(value instanceof ConfigObject object)) {
      problems.noBlock(value, key, "expected a block with a " + by);
      return Optional.empty();
    }
    Map<String, Class<?>> known = TypeName.all(sealed);
    ConfigValue chosen = object.get(by);
    if (chosen == null) {
      problems.missing(object, key, by, "one of " + BindingProblems.words(known.keySet()));
      return Optional.empty();
    }
    String name = String.valueOf(chosen.unwrapped());
    Class<?> found = known.get(name);
    if (found == null) {
      problems.add(chosen, ConfigKeys.join(key, by), unknown(by, name, known.keySet()));
      return Optional.empty();
    }
    ConfigObject own = withoutNulls(object.withoutKey(by), RecordShape.of(found).names());
    List<String> foreign = foreign(found, known.values(), own);
    for (String each : foreign) {
      String message = name + " has no " + each + argumentsOf(found);
      problems.add(own.get(each).origin(), ConfigKeys.join(key, each), message);
    }
    return Optional.of(new SealedChoice(found, without(own, foreign), foreign.isEmpty()));
  }

  private static String unknown(String by, String name, Collection<String> known) {
    return "no such "
        + by
        + Spelling.hint(name, known)
        + "; known: "
        + BindingProblems.words(known);
  }

  private static ConfigObject without(ConfigObject block, List<String> keys) {
    ConfigObject left = block;
    for (String key : keys) {
      left = left.withoutKey(key);
    }
    return left;
  }

  /** Without the keys that a {@code null} takes back from another choice. */
  private static ConfigObject withoutNulls(ConfigObject block, List<String> known) {
    ConfigObject left = block;
    for (String key : block.keySet()) {
      boolean taken = block.get(key).valueType() == ConfigValueType.NULL && !known.contains(key);
      left = taken ? left.withoutKey(key) : left;
    }
    return left;
  }

  private static String argumentsOf(Class<?> type) {
    List<String> names = RecordShape.of(type).names();
    return names.isEmpty()
        ? ", nor anything else to set"
        : "; it has " + BindingProblems.words(names);
  }

  /** The keys of a block that are no components of its own record, but of another of its kind. */
  private static List<String> foreign(
      Class<?> type, Collection<Class<?>> types, ConfigObject block) {
    List<String> own = RecordShape.of(type).names();
    if (own.containsAll(block.keySet())) {
      return List.of();
    }
    return KeyOrder.of(block).stream()
        .filter(name -> !own.contains(name))
        .filter(name -> types.stream().anyMatch(t -> RecordShape.of(t).names().contains(name)))
        .toList();
  }
}
