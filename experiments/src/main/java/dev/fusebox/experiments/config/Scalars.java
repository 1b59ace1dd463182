package dev.fusebox.experiments.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Single values: no conversion that a person would not expect. */
final class Scalars {

  private Scalars() {}

  /**
   * The value as a {@code type}.
   *
   * @throws IllegalArgumentException that says what was expected
   */
  static Object read(Class<?> type, ConfigValue value) {
    if (type.isEnum()) {
      return constant(type, value);
    }
    Function<ConfigValue, Object> reader = reader(type);
    Object result = reader.apply(value);
    if (result == null) {
      throw new IllegalArgumentException(expected(type));
    }
    return result;
  }

  private static Function<ConfigValue, Object> reader(Class<?> type) {
    return switch (type.getName()) {
      case "int", "java.lang.Integer" ->
          value -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "long", "java.lang.Long" -> value -> wholeLong(value);
      case "double", "java.lang.Double" -> Scalars::number;
      case "float", "java.lang.Float" -> Scalars::single;
      case "boolean", "java.lang.Boolean" -> value -> as(value, Boolean.class);
      case "java.lang.String" -> value -> as(value, String.class);
      case "java.nio.file.Path" -> Scalars::path;
      case "java.time.Duration" -> Scalars::duration;
      default -> throw new IllegalStateException("no config value can become a " + type.getName());
    };
  }

  private static Object as(ConfigValue value, Class<?> type) {
    return type.isInstance(value.unwrapped()) ? value.unwrapped() : null;
  }

  private static Object number(ConfigValue value) {
    return value.unwrapped() instanceof Number number ? number.doubleValue() : null;
  }

  private static Object single(ConfigValue value) {
    return value.unwrapped() instanceof Number number ? number.floatValue() : null;
  }

  private static Object wholeLong(ConfigValue value) {
    boolean integral =
        value.unwrapped() instanceof Number number
            && number.doubleValue() == Math.rint(number.doubleValue());
    return integral ? ((Number) value.unwrapped()).longValue() : null;
  }

  private static Object whole(ConfigValue value, long low, long high) {
    Object number = wholeLong(value);
    return number instanceof Long found && found >= low && found <= high ? found.intValue() : null;
  }

  private static Object path(ConfigValue value) {
    return value.unwrapped() instanceof String text && !text.isBlank() ? Path.of(text) : null;
  }

  private static Object duration(ConfigValue value) {
    try {
      return value.valueType() == ConfigValueType.STRING ? value.atKey("d").getDuration("d") : null;
    } catch (ConfigException e) {
      return null;
    }
  }

  private static Object constant(Class<?> type, ConfigValue value) {
    List<String> known =
        Arrays.stream(type.getEnumConstants()).map(each -> literal((Enum<?>) each)).toList();
    int index = known.indexOf(String.valueOf(value.unwrapped()));
    if (index < 0) {
      throw new IllegalArgumentException(
          "no such "
              + kebab(type.getSimpleName()).replace('-', ' ')
              + "; known: "
              + String.join(", ", known));
    }
    return type.getEnumConstants()[index];
  }

  /** How an enum constant is written in a config: {@code teacher-forced}. */
  static String literal(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code TeacherForced} as {@code teacher-forced}. */
  static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** What a value of the type looks like. */
  static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "expected one of "
          + Arrays.stream(type.getEnumConstants())
              .map(each -> literal((Enum<?>) each))
              .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "expected a whole number";
      case "double", "Double", "float", "Float" -> "expected a number";
      case "boolean", "Boolean" -> "expected true or false";
      case "String" -> "expected text";
      case "Path" -> "expected a path";
      case "Duration" -> "expected a duration such as 30s or 5m";
      case "List" -> "expected a list";
      default -> "expected a block";
    };
  }

  /** {@code " = value"} for a single value, nothing for a block or list. */
  static String found(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT, LIST -> "";
      case STRING -> " = " + quoted((String) value.unwrapped());
      default -> " = " + value.unwrapped();
    };
  }

  /** Quoted only where the quotes matter: {@code "8"} is no number. */
  private static String quoted(String text) {
    boolean plain =
        text.matches("[\\p{L}_./][\\p{L}\\p{N}_./ -]*") && !text.matches("true|false|null");
    return plain ? text : '"' + text + '"';
  }
}
