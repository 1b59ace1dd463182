package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import dev.fusebox.file.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinderTest {

  enum Gate {
    SIGMOID,
    ZERO_TANH
  }

  record Fusion(int heads, double rate, Gate gate) {
    Fusion {
      if (heads < 1 || 512 % heads != 0) {
        throw new IllegalArgumentException(
            "heads must divide the model's width 512, found " + heads);
      }
    }
  }

  sealed interface Course permits FlatCourse, SlopedCourse {}

  record FlatCourse() implements Course {}

  record SlopedCourse(double to) implements Course {}

  record Whole(
      Fusion fusion,
      Course course,
      Path root,
      Duration patience,
      List<Long> seeds,
      Optional<Integer> steps,
      Map<String, Double> weights,
      boolean bold) {}

  private static final String GOOD =
      """
      fusion { heads = 8, rate = 1e-3, gate = zero-tanh }
      course { type = sloped, to = 0.5 }
      root = ../data/x
      patience = 90s
      seeds = [1, 2]
      weights { b = 1, a = 2.5 }
      bold = true
      """;

  private static ConfigObject parse(String text) {
    return ConfigFactory.parseString(
            text, ConfigParseOptions.defaults().setOriginDescription("mine.conf"))
        .resolve()
        .root();
  }

  private static <T> T bind(String text, Class<T> type) {
    Problems problems = new Problems();
    Optional<T> result = new Binder(problems).bind(parse(text), "", type);
    problems.orThrow("mine.conf");
    return result.orElseThrow();
  }

  @Test
  void readsEveryKindOfValue() {
    assertThat(bind(GOOD, Whole.class))
        .isEqualTo(
            new Whole(
                new Fusion(8, 1e-3, Gate.ZERO_TANH),
                new SlopedCourse(0.5),
                Path.of("../data/x"),
                Duration.ofSeconds(90),
                List.of(1L, 2L),
                Optional.empty(),
                Map.of("a", 2.5, "b", 1.0),
                true));
  }

  @Test
  void anOptionalIsEmptyWhenAbsentNullOrNone() {
    assertThat(bind(GOOD + "steps = 3", Whole.class).steps()).contains(3);
    assertThat(bind(GOOD + "steps = null", Whole.class).steps()).isEmpty();
    assertThat(bind(GOOD + "steps = none", Whole.class).steps()).isEmpty();
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    String bad =
        """
        fusion {
          haeds = 8
          heads = 8.9
          rate = "fast"
          gate = relu
        }
        course { type = slopd, to = 1 }
        root = [a]
        patience = soon
        seeds = [1, x]
        steps = 2.5
        weights { a = much }
        bld = true
        """;
    assertThatThrownBy(() -> bind(bad, Whole.class))
        .isInstanceOf(UserError.class)
        .hasMessage(
            """
            mine.conf: 12 problems
              line 1   bold                 missing; expected true or false
              line 2   fusion.haeds         unknown key; did you mean fusion.heads?
              line 3   fusion.heads = 8.9   expected a whole number
              line 4   fusion.rate = fast   expected a number
              line 5   fusion.gate = relu   no such gate; known: sigmoid, zero-tanh
              line 7   course.type = slopd  no such type; did you mean sloped?; known: flat, sloped
              line 8   root                 expected a path
              line 9   patience = soon      expected a duration such as 30s or 5m
              line 10  seeds[1] = x         expected a whole number
              line 11  steps = 2.5          expected a whole number
              line 12  weights.a = much     expected a number
              line 13  bld                  unknown key; did you mean bold?
            Put these right and run the same command again; fusebox describe shows every key.""");
  }

  @Test
  void aTextThatLooksLikeANumberIsNone() {
    assertThatThrownBy(() -> bind("heads = \"8\", rate = 1, gate = sigmoid", Fusion.class))
        .hasMessageContaining("line 1  heads = \"8\"  expected a whole number");
  }

  @Test
  void aRuleOfARecordIsToldAtItsKey() {
    assertThatThrownBy(() -> bind("rate = 1\nheads = 7\ngate = sigmoid", Fusion.class))
        .hasMessage(
            """
            mine.conf: 1 problem
              line 2  heads = 7  must divide the model's width 512
            Put these right and run the same command again; fusebox describe shows every key.""");
  }

  @Test
  void anUnknownKeyFarFromAllKnownOnesListsThem() {
    assertThatThrownBy(
            () -> bind("heads = 8, rate = 1, gate = sigmoid, colour = red", Fusion.class))
        .hasMessageContaining("colour  unknown key; known: heads, rate, gate");
  }

  @Test
  void numbersOutsideTheirTypeAreNone() {
    assertThatThrownBy(() -> bind("heads = 3000000000, rate = 1, gate = sigmoid", Fusion.class))
        .hasMessageContaining("heads = 3000000000  expected a whole number");
  }
}
