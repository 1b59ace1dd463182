package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.RandomText;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways to look at white space agree with each other, as Python's do. */
class WhitespacePropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void normalTextIsItsWordsAndStaysAsItIs(long seed) {
    String text = RandomText.of(new Random(seed), 30);
    String normal = Whitespace.normalise(text);
    assertThat(normal).isEqualTo(String.join(" ", Whitespace.split(text)));
    assertThat(Whitespace.normalise(normal)).isEqualTo(normal);
    assertThat(Whitespace.normalise(" \u3000" + text + "\n\u0085")).isEqualTo(normal);
    assertThat(Whitespace.words(text)).isEqualTo(Whitespace.split(text).size());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void strippingTakesTheEndsAlone(long seed) {
    String text = RandomText.of(new Random(seed), 30);
    String stripped = Whitespace.strip(text);
    assertThat(text).contains(stripped);
    assertThat(Whitespace.strip("\u2028\t" + text + "\u00a0 ")).isEqualTo(stripped);
    assertThat(Whitespace.split(stripped)).isEqualTo(Whitespace.split(text));
    assertThat(stripped.isEmpty()).isEqualTo(Whitespace.words(text) == 0);
  }
}
