package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a program or a file says must not move a terminal's cursor or fill its screen. */
class LinesTest {

  @Test
  void aLineIsOneLine() {
    assertThat(Lines.single("  a \r\n\t b\tc\u001b[2Kd \n"))
        .isEqualTo("a b c\uFFFD[2Kd")
        .doesNotContain("\u001b");
    assertThat(Lines.single("a\u202Eb\u2066c")).isEqualTo("a\uFFFDb\uFFFDc");
  }

  @Test
  void linesKeepTheirIndentation() {
    assertThat(Lines.of("why:\n  mis-shaped\u0007 (1)\r\n\tx"))
        .containsExactly("why:", "  mis-shaped\uFFFD (1)", " x");
  }

  @Test
  void aLongFailureIsFoldedAndTheRestCounted() {
    assertThat(Lines.folded("a\nb\nc", 3)).isEqualTo("a\nb\nc");
    assertThat(Lines.folded("a\nb\nc\n", 2)).isEqualTo("a\nb\n… and 1 line more, in run.json");
    assertThat(Lines.folded("a\nb\nc", 1)).isEqualTo("a\n… and 2 lines more, in run.json");
  }

  @Test
  void aLongLineIsCutUnlessAllIsAskedFor() {
    String line = "x".repeat(400);
    assertThat(Lines.folded(line, 1)).isEqualTo(line);
    assertThat(Lines.folded(line + "y", 1)).isEqualTo(line + "…");
    assertThat(Lines.folded(line + "y\nz", Integer.MAX_VALUE)).isEqualTo(line + "y\nz");
  }
}
