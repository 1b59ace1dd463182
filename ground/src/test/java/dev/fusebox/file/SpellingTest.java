package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpellingTest {

  @Test
  void findsSlips() {
    List<String> known = List.of("none", "gated", "concat", "crossattn");
    assertThat(Spelling.nearest("gatd", known)).contains("gated");
    assertThat(Spelling.nearest("Gated", known)).contains("gated");
    assertThat(Spelling.nearest("corssattn", known)).contains("crossattn");
    assertThat(Spelling.nearest("bilinear", known)).isEmpty();
  }

  /** Of two letters, anything is one edit from anything. */
  @Test
  void shortWordsAreNotGuessed() {
    assertThat(Spelling.nearest("lr", List.of("no"))).isEmpty();
    assertThat(Spelling.nearest("abd", List.of("abc"))).contains("abc");
  }

  @Test
  void theNearestOfSeveralIsNamed() {
    assertThat(Spelling.hint("learningRat", List.of("learningRates", "learningRate")))
        .isEqualTo("; did you mean learningRate?");
    assertThat(Spelling.hint("seed", List.of("fusion"))).isEmpty();
  }

  @Test
  void aLongListIsCutAndTheRestCounted() {
    List<String> words = IntStream.rangeClosed(1, 41).mapToObj(String::valueOf).toList();
    assertThat(Spelling.list(words.subList(0, 40))).endsWith(", 39, 40");
    assertThat(Spelling.list(words)).endsWith(", 39, 40 and 1 more");
  }

  @Test
  void countsASwapAsOneEdit() {
    assertThat(Spelling.distance("haeds", "heads")).isEqualTo(1);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.distance("abc", "abc")).isZero();
  }
}
