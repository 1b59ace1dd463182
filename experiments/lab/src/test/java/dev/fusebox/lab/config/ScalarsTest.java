package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
