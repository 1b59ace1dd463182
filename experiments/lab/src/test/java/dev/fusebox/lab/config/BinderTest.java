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
import java.util.function.UnaryOperator;
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
  void remembersWhatIsAskedForAgainAndAgain() {
    String block = "{ heads = 8, rate = 1, gate = sigmoid }\n";
    ConfigObject tree = parse("often " + block + "once " + block);
    Binder binder = new Binder(new Problems());
    Optional<Fusion> often = binder.bind(tree.get("often"), "", Fusion.class);
    Optional<Fusion> once = binder.bind(tree.get("once"), "", Fusion.class);
    assertThat(binder.bind(tree.get("once"), "", Fusion.class).get()).isSameAs(once.get());
    for (int variant = 0; variant < 3; variant++) {
      binder.forgetFormer();
      assertThat(binder.bind(tree.get("often"), "", Fusion.class).get()).isSameAs(often.get());
    }
    assertThat(binder.bind(tree.get("once"), "", Fusion.class).get())
        .isEqualTo(once.get())
        .isNotSameAs(once.get());
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

  private static void refused(UnaryOperator<String> change, String... lines) {
    Problems problems = new Problems();
    Optional<Whole> none = new Binder(problems).bind(parse(change.apply(GOOD)), "", Whole.class);
    assertThat(none).isEmpty();
    assertThat(problems.all())
        .extracting(problem -> problem.key() + "  " + problem.message())
        .containsExactly(lines);
  }

  @Test
  void oneOfSeveralKindsIsChosenByItsType() {
    refused(
        text -> text.replace("type = sloped, ", ""), "course.type  missing; one of flat, sloped");
    refused(
        text -> text.replace("{ type = sloped, to = 0.5 }", "= sloped"),
        "course = sloped  expected a block with a type");
    refused(
        text -> text.replace("sloped", "slope, too = 1"),
        "course.type = slope  no such type; did you mean sloped?; known: flat, sloped");
    refused(
        text -> text.replace("to = 0.5", "ot = 0.5"),
        "course.ot  unknown key; known: to",
        "course.to  missing; expected a number");
  }

  @Test
  void whatAnotherKindHasIsToldAsThat() {
    refused(
        text -> text.replace("sloped", "flat"),
        "course.to  flat has no to, nor anything else to set");
    assertThat(bind(GOOD.replace("sloped, to = 0.5", "flat, to = null"), Whole.class).course())
        .as("taken back")
        .isEqualTo(new FlatCourse());
    refused(text -> text.replace("to = 0.5", "to = null"), "course.to  missing; expected a number");
  }

  @Test
  void aBlockAListAndAValueAreNotTheSame() {
    refused(text -> text.replace("[1, 2]", "1"), "seeds = 1  expected a list");
    refused(text -> text.replace("[1, 2]", "{ a = 1 }"), "seeds  expected a list");
    refused(text -> text.replace("{ b = 1, a = 2.5 }", "= 3"), "weights = 3  expected a block");
    refused(text -> text.replace("{ b = 1, a = 2.5 }", "= [3]"), "weights  expected a block");
    refused(
        text -> text.replace("fusion {", "fusion = 3, other {"),
        "other  unknown key; known: fusion, course, root, patience, seeds, steps, weights, bold",
        "fusion = 3  expected a block with heads, rate, gate");
  }

  @Test
  void namesThatNeedThemStandInQuotes() {
    refused(
        text -> text.replace("b = 1,", "\"b.c\" = much, \"d e\" { f = 1 },"),
        "weights.\"b.c\" = much  expected a number",
        "weights.\"d e\"  expected a number");
    assertThat(ConfigKeys.join("", "a")).isEqualTo("a");
    assertThat(ConfigKeys.join("a", "größe_1-x")).isEqualTo("a.größe_1-x");
    assertThat(ConfigKeys.join("a", "b[]")).isEqualTo("a.b[]");
    assertThat(ConfigKeys.join("", "a.b")).isEqualTo("\"a.b\"");
  }

  @Test
  void namesThatAPersonChoosesKeepTheirOrder() {
    String lines = GOOD.replace("b = 1, a = 2.5", "b = 1\n a = 2.5");
    assertThat(bind(lines, Whole.class).weights().keySet()).containsExactly("b", "a");
    assertThat(bind(GOOD.replace("b = 1, a = 2.5", ""), Whole.class).weights()).isEmpty();
  }

  @Test
  void whatSeveralHoldIsReadOnceUnlessItIsWrong() {
    ConfigObject tree = parse(GOOD);
    Problems problems = new Problems();
    Binder binder = new Binder(problems);
    Fusion once = binder.bind(tree.get("fusion"), "fusion", Fusion.class).orElseThrow();
    assertThat(binder.bind(tree.get("fusion"), "other.fusion", Fusion.class).orElseThrow())
        .isSameAs(once);
    SlopedCourse wrong = binder.bind(tree.get("course"), "a", SlopedCourse.class).orElseThrow();
    assertThat(problems.all())
        .extracting(Problem::key)
        .as("no key of this record's")
        .containsExactly("a.type");
    assertThat(binder.bind(tree.get("course"), "b", SlopedCourse.class).orElseThrow())
        .as("read again, to be told again")
        .isNotSameAs(wrong);
  }

  @Test
  void aReaderReadsItsTypeAndTellsItsProblems() {
    Problems problems = new Problems();
    Reader<Fusion> reader =
        (value, key, binder) -> {
          if (value instanceof ConfigObject) {
            return Optional.of(new Fusion(1, 2, Gate.SIGMOID));
          }
          binder.problem(value, key, "no fusion");
          return Optional.empty();
        };
    Binder binder = new Binder(problems, Map.of(Fusion.class, reader));
    assertThat(binder.bind(parse(GOOD), "", Whole.class).orElseThrow().fusion())
        .isEqualTo(new Fusion(1, 2, Gate.SIGMOID));
    ConfigObject wrong = parse(GOOD.replace("fusion {", "fusion = gated, course {"));
    assertThat(binder.bind(wrong, "", Whole.class)).isEmpty();
    assertThat(problems.all()).extracting(Problem::key).contains("fusion = gated");
  }

  /** A rule that looks further in, or at nothing that stands there. */
  record Outer(Optional<String> word, Inner inner) {
    Outer {
      if (word.isPresent()) {
        throw new IllegalArgumentException(word.get().replace('_', ' '));
      }
    }
  }

  record Inner(int depth) {}

  private static List<String> broken(String text) {
    Problems problems = new Problems();
    assertThat(new Binder(problems).bind(parse(text), "", Outer.class)).isEmpty();
    return problems.all().stream()
        .map(each -> each.line() + " " + each.key() + "  " + each.message())
        .toList();
  }

  @Test
  void aRuleIsToldAtTheKeyThatItNames() {
    assertThat(broken("word = \"inner.depth_must_be_less,_found_3\"\ninner.depth = 3"))
        .containsExactly("2 inner.depth = 3  must be less");
    assertThat(broken("word = \"inner.depth_must_be_less,_found_4\"\ninner.depth = 3"))
        .as("another value than is written")
        .containsExactly("2 inner.depth = 3  must be less, found 4");
    assertThat(broken("word = \"inner_must_be_deep\"\ninner.depth = 3"))
        .containsExactly("2 inner  must be deep");
  }

  @Test
  void aRuleThatNamesNothingWrittenIsToldOfTheBlock() {
    assertThat(broken("word = \"nothing_must_be,_found_1\"\ninner.depth = 3"))
        .containsExactly("1 (root)  nothing must be, found 1");
    assertThat(broken("word = \"inner.depth.x_must_be\"\ninner.depth = 3"))
        .containsExactly("1 (root)  inner.depth.x must be");
    assertThat(broken("word = \"inner\"\ninner.depth = 3")).containsExactly("1 (root)  inner");
  }

  @Test
  void aDefaultFurtherInIsNotWhatAPersonWrote() {
    ConfigObject written = parse("a { b = 1 }");
    ConfigObject defaults =
        ConfigFactory.parseString(
                "a { c = 2 }\nd = 3",
                ConfigParseOptions.defaults().setOriginDescription("reference.conf"))
            .root();
    Problems problems = new Problems();
    Binder binder = new Binder(problems);
    ConfigObject block = written.withFallback(defaults);
    binder.brokenRule("a.c must be less", block, "x");
    binder.brokenRule("d must be less, found 3", block, "x");
    assertThat(problems.all())
        .extracting(each -> each.key() + "  " + each.message())
        .containsExactlyInAnyOrder("x  a.c must be less", "x.d = 3  must be less");
  }

  @Test
  void aShortFormStandsAtItsParent() {
    Problems problems = new Problems();
    Binder binder = new Binder(problems);
    ConfigObject tree = parse("fusion = gatd\nother.name = gatd");
    binder.problem(ConfigOrigins.asShortForm(tree.get("fusion")), "fusion.name", "no such fusion");
    binder.problem(tree.get("fusion"), "answer.fusion.name", "told at its own");
    binder.problem(ConfigOrigins.asShortForm(tree.get("fusion")), "name", "has no parent");
    assertThat(problems.all())
        .extracting(Problem::key)
        .containsExactly("fusion = gatd", "answer.fusion.name = gatd");
  }
}
