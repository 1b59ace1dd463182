package dev.fusebox.file;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a config names the records of a sealed interface, as its {@code type}: in kebab case, with or
 * without the interface's own name at the end.
 */
public final class TypeName {

  private TypeName() {}

  /** The records of a sealed interface by their names, in the order it permits them. */
  public static Map<String, Class<?>> all(Class<?> sealed) {
    Map<String, Class<?>> types = new LinkedHashMap<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      types.put(of(sealed, permitted), permitted);
    }
    return types;
  }

  /** The key by which a config chooses one of a sealed interface's records. */
  public static String key(Class<?> sealed) {
    ChosenBy chosen = sealed.getAnnotation(ChosenBy.class);
    return chosen == null ? "type" : chosen.value();
  }

  /** The name of a record that is one of a sealed interface's; empty for any other. */
  static Optional<String> of(Class<?> record) {
    for (Class<?> each : record.getInterfaces()) {
      if (each.isSealed()) {
        return Optional.of(of(each, record));
      }
    }
    return Optional.empty();
  }

  private static String of(Class<?> sealed, Class<?> permitted) {
    return kebab(permitted.getSimpleName().replace(sealed.getSimpleName(), ""));
  }

  /** {@code TeacherForced} as {@code teacher-forced}. */
  public static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
