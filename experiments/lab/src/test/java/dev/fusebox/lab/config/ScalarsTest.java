package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {

  /** As it comes from {@code steps = ${?STEPS}}. */
  private static ConfigValue variable(String text) {
    return ConfigValueFactory.fromAnyRef(text, "env variables");
  }

  private static ConfigValue property(String text) {
    return ConfigFactory.parseString(
            "steps = " + text,
            ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.PROPERTIES)
                .setOriginDescription("base/machine.properties"))
        .getValue("steps");
  }

  @Test
  void whatCanBeNothingButATextIsWhatItSays() {
    assertThat(Scalars.read(int.class, variable("3"))).isEqualTo(3);
    assertThat(Scalars.read(long.class, variable("9007199254740991"))).isEqualTo(9007199254740991L);
    assertThat(Scalars.read(double.class, variable("-1.5e-3"))).isEqualTo(-1.5e-3);
    assertThat(Scalars.read(boolean.class, property("true"))).isEqualTo(true);
    assertThat(Scalars.read(int.class, property("7"))).isEqualTo(7);
    assertThat(Scalars.read(String.class, variable("3"))).isEqualTo("3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 3", "3 steps", "0x10", "1.5", "yes", "NaN", "1e999", "03"})
  void whatSaysNoWholeNumberIsNone(String text) {
    assertThatThrownBy(() -> Scalars.read(int.class, variable(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a whole number");
  }

  /** A person who writes quotes means a text. */
  @Test
  void aTextInAConfigStaysAText() {
    ConfigValue quoted = ConfigFactory.parseString("steps = \"3\"").getValue("steps");
    assertThatThrownBy(() -> Scalars.read(int.class, quoted)).hasMessage("expected a whole number");
  }

  private static Object read(Class<?> type, String text) {
    return Scalars.read(type, ConfigFactory.parseString("a = " + text).getValue("a"));
  }

  private static void refused(Class<?> type, String text, String message) {
    assertThatThrownBy(() -> read(type, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void wholeNumbersAreThoseOfTheirType() {
    assertThat(read(int.class, "2147483647")).isEqualTo(2147483647);
    assertThat(read(Integer.class, "-2147483648")).isEqualTo(-2147483648);
    assertThat(read(int.class, "8.0")).isEqualTo(8);
    assertThat(read(Long.class, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(read(long.class, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(read(long.class, "4294967296")).isEqualTo(4294967296L);
    String range = "expected a whole number from -2147483648 to 2147483647";
    refused(int.class, "2147483648", range);
    refused(int.class, "-2147483649", range);
    for (String text : new String[] {"9.223372036854775808e18", "1e30", "-1e30"}) {
      refused(
          long.class,
          text,
          "expected a whole number from -9223372036854775808 to 9223372036854775807");
    }
    for (String text : new String[] {"8.5", "true", "[8]", "{ b = 8 }", "\"8\"", "eight"}) {
      refused(int.class, text, "expected a whole number");
      refused(long.class, text, "expected a whole number");
    }
  }

  @Test
  void numbersAreThoseThatAPersonWrote() {
    assertThat(read(double.class, "-1.7e308")).isEqualTo(-1.7e308);
    assertThat(read(Double.class, "8")).isEqualTo(8.0);
    assertThat(read(float.class, "0.25")).isEqualTo(0.25f);
    assertThat(read(Float.class, "-3e38")).isEqualTo(-3e38f);
    for (String zero : new String[] {"0", "0.0", "0.000", "0e5"}) {
      assertThat(read(double.class, zero)).isEqualTo(0.0);
      assertThat(read(float.class, zero)).isEqualTo(0f);
    }
    String wide = "expected a number from -1.8e308 to 1.8e308 that a double can tell from 0";
    for (String text : new String[] {"1e400", "-1e400", "1e-400", "-1e-400"}) {
      refused(double.class, text, wide);
    }
    for (String text : new String[] {"1e39", "-1e39", "1e-60"}) {
      assertThat(read(double.class, text)).isInstanceOf(Double.class);
      refused(float.class, text, wide.replace("1.8e308", "3.4e38"));
    }
    refused(double.class, "much", "expected a number");
    refused(float.class, "\"1\"", "expected a number");
  }

  @Test
  void otherValuesAreOfTheirKind() {
    assertThat(read(boolean.class, "true")).isEqualTo(true);
    assertThat(read(Boolean.class, "false")).isEqualTo(false);
    refused(boolean.class, "1", "expected true or false");
    refused(boolean.class, "\"true\"", "expected true or false");
    assertThat(read(String.class, "\"\"")).isEqualTo("");
    refused(String.class, "3", "expected text");
    assertThat(read(Path.class, "a/b")).isEqualTo(Path.of("a/b"));
    refused(Path.class, "\" \"", "expected a path");
    refused(Path.class, "3", "expected a path");
    refused(Path.class, "\"a\\u0000b\"", "expected a path, Nul character not allowed");
    assertThat(read(Duration.class, "90s")).isEqualTo(Duration.ofSeconds(90));
    refused(Duration.class, "90", "expected a duration such as 30s or 5m");
    refused(Duration.class, "90 parsecs", "expected a duration such as 30s or 5m");
  }

  private enum Mode {
    GENERATED,
    TEACHER_FORCED
  }

  @Test
  void aWordOfSeveralIsOneOfThem() {
    assertThat(read(Mode.class, "teacher-forced")).isEqualTo(Mode.TEACHER_FORCED);
    refused(
        Mode.class,
        "teacher_forced",
        "no such mode; did you mean teacher-forced?; known: generated, teacher-forced");
    refused(Mode.class, "3", "no such mode; known: generated, teacher-forced");
  }

  @ParameterizedTest
  @CsvSource({
    "int, expected a whole number",
    "java.lang.Double, expected a number",
    "java.lang.Boolean, expected true or false",
    "java.lang.String, expected text",
    "java.nio.file.Path, expected a path",
    "java.time.Duration, expected a duration such as 30s or 5m",
    "java.util.List, expected a list",
    "java.util.Map, expected a block"
  })
  void whatIsExpectedIsSaidInWords(Class<?> type, String words) {
    assertThat(Scalars.expected(type)).isEqualTo(words);
    assertThat(Scalars.expected(Mode.class)).isEqualTo("expected one of generated, teacher-forced");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "word | = word",
        "two words/and.more-1 | = two words/and.more-1",
        "\"8\" | = \"8\"",
        "\"true\" | = \"true\"",
        "true | = true",
        "null | = null",
        "1e400 | = 1e400",
        "0.10 | = 0.10",
        "[1] | ''",
        "{ b = 1 } | ''"
      })
  void whatWasFoundIsShownAsItWasWritten(String text, String shown) {
    String expected = shown.isEmpty() ? "" : " " + shown;
    assertThat(Scalars.found(ConfigFactory.parseString("a = " + text).root().get("a")))
        .isEqualTo(expected);
  }
}
