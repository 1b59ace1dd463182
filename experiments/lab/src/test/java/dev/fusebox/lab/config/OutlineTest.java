package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import dev.fusebox.lab.config.Outline.Definition;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a text with their lines, as somebody reads them who does not know the values. */
class OutlineTest {

  private static String path(Definition definition) {
    return definition.path().stream().reduce("", ConfigKeys::join);
  }

  /** {@code line key kind}, where a kind is a block, plain, or what adds to something else. */
  private static List<String> outline(String text) {
    return Outline.of(text).definitions().stream()
        .map(
            each ->
                "%d %s %s"
                    .formatted(
                        each.line(),
                        path(each),
                        each.block() ? "block" : each.plain() ? "plain" : "more"))
        .toList();
  }

  @Test
  void everyKeyStandsInItsLine() {
    assertThat(
            outline(
                """
                # a = comment
                a = 1 // b = 2
                b {
                  c : 3, "d.e" = 4
                  f.g = 5   # }
                }

                h =
                  6
                i
                {
                  j = 7 }, k = 8
                "two words" = x"""))
        .containsExactly(
            "2 a plain",
            "3 b block",
            "4 b.c plain",
            "4 b.\"d.e\" plain",
            "5 b.f.g plain",
            "8 h plain",
            "10 i block",
            "12 i.j plain",
            "12 k plain",
            "13 \"two words\" plain");
  }

  @Test
  void aRootInBracesIsNoKey() {
    assertThat(outline("\n{ \"a\": 1,\n  \"b\": {\"c\": [1, 2]}\n}\n"))
        .containsExactly("2 a plain", "3 b block", "3 b.c plain");
    assertThat(outline("{}")).isEmpty();
    assertThat(outline("")).isEmpty();
  }

  @Test
  void whatAddsOrRefersReplacesNothing() {
    assertThat(
            outline(
                """
                a = 1
                a = ${a} 2
                b = ${?X}
                c += 3
                d = [1] ${e}
                f = ${g} { h = 1 }
                i = "${a}"
                j = x{ k = 2 }
                """))
        .containsExactly(
            "1 a plain",
            "2 a more",
            "3 b more",
            "4 c more",
            "5 d more",
            "6 f more",
            "6 f.h plain",
            "7 i plain",
            "8 j plain",
            "8 j.k plain");
  }

  @Test
  void whatStandsInQuotesIsNoHocon() {
    assertThat(
            outline(
                """
                a = "} # x = 1, {"
                b = "with \\" and \\\\"
                c = \"""
                  } d = 1
                  "quoted" \"""\"
                "e \\" = # }" = 5
                f = "x" "y = z"
                """))
        .containsExactly(
            "1 a plain", "2 b plain", "3 c plain", "6 \"e \\\" = # }\" plain", "7 f plain");
  }

  /** Each may have the same: they are values and no keys of the config. */
  @Test
  void theElementsOfAListHaveNoKeys() {
    assertThat(
            outline(
                """
                a = [{ b = 1 }, { b = 1 }
                  { c = [ { d = 2 } ] } // ]
                  x, "]" ]
                e = 1
                f = [[1, 2], []] # ,
                g = [
                ]
                h = 3
                """))
        .containsExactly("1 a plain", "4 e plain", "5 f plain", "6 g plain", "8 h plain");
  }

  @Test
  void blocksThatAreWrittenTwiceAreTwoBodies() {
    List<Definition> all =
        Outline.of("a { b { x = 1 }, b { x = 2 } }\na { b { x = 3 } }").definitions();
    List<Integer> bodies =
        all.stream().filter(each -> path(each).equals("a.b")).map(Definition::body).toList();
    assertThat(bodies.get(0)).as("in one pair of braces").isEqualTo(bodies.get(1));
    assertThat(bodies.get(2)).isNotEqualTo(bodies.get(0));
    assertThat(all.stream().filter(each -> path(each).equals("a")).map(Definition::body))
        .as("both at the root")
        .hasSize(2)
        .containsOnly(0);
    assertThat(all.stream().filter(each -> path(each).equals("a.b.x")).map(Definition::body))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "include \"x.conf\", 3",
    "include file(\"x.conf\"), 3",
    "include required(classpath(\"x.conf\")), 3",
    "'include\t\"x.conf\" # \"y.conf\"', 3",
    "'a { include \"x.conf\" }', 3",
    "'a = 1, include \"x.conf\"', 3",
    "'include = \"x.conf\"', 0",
    "# include \"x.conf\", 0",
    "'a = \"include x.conf\"', 0",
    "include \"y.conf\", 0"
  })
  void anIncludeStandsInItsLine(String statement, int line) {
    Outline outline = Outline.of("\n\n" + statement + "\nb = 1\n");
    assertThat(outline.lineOfInclude("x.conf").orElse(0)).isEqualTo(line);
    assertThat(outline(" \n\n" + statement + "\nb = 1\n")).contains("4 b plain");
  }

  @Test
  void ofTwoIncludesOfOneFileTheFirstCounts() {
    assertThat(Outline.of("include \"x\"\ninclude \"y\"\ninclude \"x\"").lineOfInclude("x"))
        .hasValue(1);
    assertThat(Outline.of("include \"x\"\ninclude \"y\"\ninclude \"x\"").lineOfInclude("y"))
        .hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a {",
        "a = \"",
        "a = \"\"\"",
        "a = ${",
        "a = [",
        "a = [{",
        "a",
        "\"",
        "}",
        "a = }",
        "]",
        "#",
        "a = \\",
        "a = \"\\",
        "=",
        "a = 1 ]",
        "a = [ } ]",
        "include \"",
        "include (",
        "+=",
        "a..b = 1",
        "\"\"\"\"\"\"\"",
        "a = [1 ]]"
      })
  void whatTheParserRefusesComesToAnEnd(String text) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThatCode(() -> Outline.of(text)).doesNotThrowAnyException());
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** Everything that HOCON may write between braces, in any order. */
  private static String block(Random random, int depth) {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(i -> key(random) + value(random, depth))
        .collect(Collectors.joining(random.nextBoolean() ? "\n" : " , "));
  }

  private static String key(Random random) {
    return List.of("a", "b.c", "\"d e\"", "\"f.g\"", "h-1", " i ").get(random.nextInt(6));
  }

  private static String value(Random random, int depth) {
    int kind = random.nextInt(depth > 3 ? 5 : 8);
    return switch (kind) {
      case 0 -> " = 1";
      case 1 -> " : \"x } , = #\"";
      case 2 -> " = \"\"\"y\n } \"\"\"";
      case 3 -> "=z # comment { \n";
      case 4 -> "\n = words and // more\n";
      case 5 -> " { " + block(random, depth + 1) + " }";
      case 6 -> " = [ { " + block(random, depth + 1) + " }, 2 \n 3 ]";
      default -> " : {\n" + block(random, depth + 1) + "\n}";
    };
  }

  /** The parser knows the keys too, but neither their order nor which stand twice. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theKeysAreThoseThatTheParserFinds(long seed) {
    String text = block(new Random(seed), 0);
    try {
      TreeSet<String> outlined =
          Outline.of(text).definitions().stream()
              .filter(each -> !each.block())
              .map(OutlineTest::path)
              .collect(Collectors.toCollection(TreeSet::new));
      ConfigFactory.parseString(text)
          .entrySet()
          .forEach(entry -> assertThat(outlined).as(text).contains(plain(entry.getKey())));
    } catch (ConfigException e) {
      throw new AssertionError(text, e);
    }
  }

  /** The parser quotes more than it needs to. */
  private static String plain(String path) {
    return ConfigUtil.splitPath(path).stream().reduce("", ConfigKeys::join);
  }
}
