package dev.fusebox.lab.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.TypeName;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Single values: no conversion that a person would not expect. Where a value can be nothing but a
 * text, in an environment variable or a properties file, it is what the text says.
 */
final class Scalars {

  /** As JSON writes one. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");

  /** One that a double may have lost. */
  private static final Pattern NOT_ZERO = Pattern.compile("-?[0.]*[1-9].*");

  private static final Pattern PROPERTIES = Pattern.compile(".*\\.properties(: \\d+.*)?");

  /** How the constants of an enum are written in a config. */
  private static final ClassValue<List<String>> LITERALS =
      new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> type) {
          return Arrays.stream(type.getEnumConstants())
              .map(each -> literal((Enum<?>) each))
              .toList();
        }
      };

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
    Object result = reader.apply(type == String.class ? value : typed(value));
    if (result == null) {
      throw new IllegalArgumentException(expected(type));
    }
    return result;
  }

  private static ConfigValue typed(ConfigValue value) {
    String text = String.valueOf(value.unwrapped());
    if (!(value.unwrapped() instanceof String) || !textAlone(value.origin())) {
      return value;
    }
    if (text.equals("true") || text.equals("false")) {
      return ConfigValueFactory.fromAnyRef(Boolean.valueOf(text)).withOrigin(value.origin());
    }
    if (!NUMBER.matcher(text).matches()) {
      return value;
    }
    Number number = text.matches("-?\\d+") ? (Number) Long.valueOf(text) : Double.valueOf(text);
    return ConfigValueFactory.fromAnyRef(number).withOrigin(value.origin());
  }

  private static boolean textAlone(ConfigOrigin origin) {
    String place = origin.description();
    return place.startsWith("env var") || PROPERTIES.matcher(place).matches();
  }

  private static Function<ConfigValue, Object> reader(Class<?> type) {
    return switch (type.getName()) {
      case "int", "java.lang.Integer" ->
          value -> narrowed(whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case "long", "java.lang.Long" -> value -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
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
    return value.unwrapped() instanceof Number number
        ? inRange(value, number.doubleValue(), "1.8e308")
        : null;
  }

  private static Object single(ConfigValue value) {
    return value.unwrapped() instanceof Number number
        ? (Object) (float) inRange(value, number.floatValue(), "3.4e38")
        : null;
  }

  /** A number too large has become infinite, one too small zero; neither is what was written. */
  private static double inRange(ConfigValue value, double number, String largest) {
    boolean vanished = number == 0 && NOT_ZERO.matcher(written(value)).matches();
    if (Double.isInfinite(number) || Double.isNaN(number) || vanished) {
      throw new IllegalArgumentException(
          "expected a number from -%1$s to %1$s that a double can tell from 0".formatted(largest));
    }
    return number;
  }

  private static Object whole(ConfigValue value, long low, long high) {
    boolean integral =
        value.unwrapped() instanceof Number number
            && number.doubleValue() == Math.rint(number.doubleValue());
    if (!integral) {
      return null;
    }
    Number number = (Number) value.unwrapped();
    double found = number.doubleValue();
    if (found < low || found > high || (found == 0x1p63 && !isLargest(value))) {
      throw new IllegalArgumentException(
          "expected a whole number from %d to %d".formatted(low, high));
    }
    return number.longValue();
  }

  /** One more than the largest has become the largest: as doubles they are the same. */
  private static boolean isLargest(ConfigValue value) {
    return new BigDecimal(written(value)).compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) == 0;
  }

  private static Object narrowed(Object number) {
    return number instanceof Long found ? (Object) found.intValue() : null;
  }

  private static Object path(ConfigValue value) {
    try {
      return value.unwrapped() instanceof String text && !text.isBlank() ? Path.of(text) : null;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a path, " + e.getReason(), e);
    }
  }

  private static Object duration(ConfigValue value) {
    try {
      return value.valueType() == ConfigValueType.STRING ? value.atKey("d").getDuration("d") : null;
    } catch (ConfigException e) {
      return null;
    }
  }

  private static Object constant(Class<?> type, ConfigValue value) {
    List<String> known = LITERALS.get(type);
    String word = String.valueOf(value.unwrapped());
    int index = known.indexOf(word);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no such "
              + TypeName.kebab(type.getSimpleName()).replace('-', ' ')
              + Spelling.hint(word, known)
              + "; known: "
              + String.join(", ", known));
    }
    return type.getEnumConstants()[index];
  }

  /** How an enum constant is written in a config: {@code teacher-forced}. */
  static String literal(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a value of the type looks like. */
  static String expected(Class<?> type) {
    if (type.isEnum()) {
      return "expected one of " + String.join(", ", LITERALS.get(type));
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
      case NUMBER -> " = " + written(value);
      default -> " = " + value.unwrapped();
    };
  }

  /** A number with the digits it was written with. */
  private static String written(ConfigValue number) {
    return number.atKey("number").getString("number");
  }

  /** Quoted only where the quotes matter: {@code "8"} is no number. */
  private static String quoted(String text) {
    boolean plain =
        text.matches("[\\p{L}_./][\\p{L}\\p{N}_./ -]*") && !text.matches("true|false|null");
    return plain ? text : '"' + text + '"';
  }
}
