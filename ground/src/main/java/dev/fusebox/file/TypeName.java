package dev.fusebox.file;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a config names the records of a sealed interface, as its {@code type}: in kebab case, with or
 * without the interface's own name at the end.
 *
 * @since 0.1
 */
public final class TypeName {

  /** Looked up once: a plan of ten thousand variants asks a hundred thousand times. */
  private static final ClassValue<Map<String, Class<?>>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Map<String, Class<?>> computeValue(Class<?> sealed) {
          Map<String, Class<?>> types = new LinkedHashMap<>();
          for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            types.put(of(sealed, permitted), permitted);
          }
          return Collections.unmodifiableMap(types);
        }
      };

  private static final ClassValue<Optional<String>> NAMES =
      new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> record) {
          return Arrays.stream(record.getInterfaces())
              .filter(Class::isSealed)
              .findFirst()
              .map(type -> of(type, record));
        }
      };

  private TypeName() {}

  /** The records of a sealed interface by their names, in the order it permits them. */
  public static Map<String, Class<?>> all(Class<?> sealed) {
    return KNOWN.get(sealed);
  }

  /** The key by which a config chooses one of a sealed interface's records. */
  public static String key(Class<?> sealed) {
    ChosenBy chosen = sealed.getAnnotation(ChosenBy.class);
    return chosen == null ? "type" : chosen.value();
  }

  /** The name of a record that is one of a sealed interface's; empty for any other. */
  static Optional<String> of(Class<?> record) {
    return NAMES.get(record);
  }

  private static String of(Class<?> sealed, Class<?> permitted) {
    return kebab(permitted.getSimpleName().replace(sealed.getSimpleName(), ""));
  }

  /** {@code TeacherForced} as {@code teacher-forced}. */
  public static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
