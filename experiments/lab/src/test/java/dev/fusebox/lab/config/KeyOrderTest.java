package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Variants and stages come in the order in which a person wrote them. */
class KeyOrderTest {

  @TempDir Path folder;
  private Path main;

  @BeforeEach
  void choose() {
    main = folder.resolve("an-experiment-of-a-long-name.conf");
  }

  private Config read(String text) throws IOException {
    Files.writeString(main, text);
    return ConfigSource.file(main);
  }

  private static List<String> order(Config config) {
    return KeyOrder.of(config.resolve().getObject("all"));
  }

  @Test
  void byLine() throws IOException {
    assertThat(order(read("all {\n z = 1\n y = 1\n x = 1\n a = 1 }")))
        .containsExactly("z", "y", "x", "a");
    assertThat(order(read("all.z = 1\nall.b {}\nall.a = 1"))).containsExactly("z", "b", "a");
    assertThat(order(read("all { only = 1 }"))).containsExactly("only");
    assertThat(order(read("all {}"))).isEmpty();
  }

  @Test
  void byPlaceInTheLine() throws IOException {
    assertThat(order(read("all { z = 1, \"b c\" = 1, größe {}, a { z = 2 }, \"x\\\"y\" = 3 }")))
        .containsExactly("z", "b c", "größe", "a", "x\"y");
    assertThat(order(read("all { z = 1, b = 1\n d = 1, c = 1, a = 1 }")))
        .containsExactly("z", "b", "d", "c", "a");
    assertThat(order(read("all { first = b, b = first }"))).containsExactly("first", "b");
  }

  /** A name that stands before it, as a value or in another block, is not the key. */
  @Test
  void byThePlaceOfTheKeyItself() throws IOException {
    assertThat(order(read("all { z = a, b = 1, a = 2 }"))).containsExactly("z", "b", "a");
    assertThat(order(read("all { z = \"a = 1\", b = 1, a = 2 }"))).containsExactly("z", "b", "a");
    assertThat(order(read("all { c { b = 1 }, a {}, b {} }"))).containsExactly("c", "a", "b");
    assertThat(order(read("x { b = 1 }, all { a = 1, b = 1 }"))).containsExactly("a", "b");
    assertThat(order(read("all.z.q = 1, all.b = q.z, all.a.z = 3"))).containsExactly("z", "b", "a");
    assertThat(order(read("all { x = 1\n }, b = 1, all { c : 3, b = 1 } # \"\\q\" = 1")))
        .containsExactly("x", "c", "b");
    assertThat(order(read("all { \"x\\\"y\" = 1, b.c = 2 }"))).containsExactly("x\"y", "b");
  }

  @Test
  void whatIsIncludedComesFirstAndTheCommandLineLast() throws IOException {
    Path base = Files.createDirectories(folder.resolve("base")).resolve("base.conf");
    Files.writeString(base, "all {\n\n\n\n q = 1, p = 1 }");
    Config file = read("include \"base/base.conf\"\nall { z = 1\n b = 1 }");
    Config over = ConfigSource.overrides(List.of("all.a=1", "all.m=1"));
    assertThat(order(over.withFallback(file))).containsExactly("q", "p", "z", "b", "a", "m");
    Config defaults = ConfigSource.defaults(KeyOrderTest.class.getClassLoader());
    assertThat(
            KeyOrder.of(
                over.withFallback(file)
                    .withFallback(defaults.getObject("defaults").atKey("all"))
                    .resolve()
                    .getObject("all")))
        .endsWith("q", "p", "z", "b", "a", "m")
        .hasSizeGreaterThan(6);
  }

  @Test
  void aLineMayBeAsLongAsItLikes() throws IOException {
    String word = "x".repeat(200_000);
    assertThat(order(read("all { b = \"" + word + "\", c = " + word + ", a = 1 }")))
        .containsExactly("b", "c", "a");
  }

  /** The file may have changed since, or be gone. */
  @Test
  void byNameWhereTheLineSaysNothing() throws IOException {
    Config config = read("all { z = 1, y = 1, b = 1 }");
    Files.writeString(main, "all { y = 1 }");
    assertThat(order(config)).containsExactly("y", "b", "z");
    Files.delete(main);
    assertThat(order(config)).containsExactly("b", "y", "z");
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  /** Something that mentions another name, or ends its line. */
  private static String value(Random random, String other) {
    return switch (random.nextInt(8)) {
      case 0 -> " = " + other;
      case 1 -> " = \"{ \\\"" + other + "\\\" = 1\"";
      case 2 -> " { " + other + " = 1 }";
      case 3 -> " {\n " + other + " = 1 }";
      case 4 -> " = [{ " + other + " = 1 }, " + other + "]";
      case 5 -> ".inner." + other + " = 1";
      case 6 -> " = 1 # " + other + " = 2\n";
      default -> " : 1";
    };
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theOrderIsThatOfTheTextWhateverStandsBetween(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> names =
        new ArrayList<>(List.of("a", "b", "c", "größe", "x-1", "d.e", "two words"));
    Collections.shuffle(names, random);
    List<String> written = names.subList(0, 2 + random.nextInt(6));
    StringBuilder text = new StringBuilder("all {");
    for (String name : written) {
      String other = List.of("a", "b", "c").get(random.nextInt(3));
      text.append(random.nextInt(3) == 0 ? "\n" : ", ");
      text.append(ConfigKeys.join("", name)).append(value(random, other));
    }
    String whole = text.append("}").toString().replace("{, ", "{ ");
    assertThat(order(read(whole))).as(whole).isEqualTo(written);
  }
}
