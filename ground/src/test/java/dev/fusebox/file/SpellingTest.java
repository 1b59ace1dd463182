package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  @Test
  void countsASwapAsOneEdit() {
    assertThat(Spelling.distance("haeds", "heads")).isEqualTo(1);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.distance("abc", "abc")).isZero();
  }
}
