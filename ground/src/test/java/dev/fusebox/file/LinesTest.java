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

  /** Those of eight bits too: a terminal takes U+009B as it takes ESC [. */
  @Test
  void noSignMovesACursorOrTurnsADirection() {
    for (int sign = 0; sign < 0x2100; sign++) {
      String shown = Lines.single("a" + (char) sign + "b");
      boolean control = Character.getType(sign) == Character.CONTROL;
      boolean turns =
          "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069".indexOf(sign)
              >= 0;
      boolean blank = Character.isWhitespace(sign) || sign == 0x85;
      assertThat(shown.codePoints().anyMatch(Character::isISOControl)).as("%x", sign).isFalse();
      if ((control || turns) && !blank) {
        assertThat(shown).as("%x", sign).isEqualTo("a\uFFFDb");
      }
    }
  }

  @Test
  void aMillionBlanksAreNoWork() {
    String blanks = " ".repeat(1_000_000);
    assertThat(Lines.single("a" + blanks + "b")).hasSize(1_000_002);
    assertThat(Lines.of("a" + blanks + "b\n" + blanks + "c")).hasSize(2);
  }

  @Test
  void aLongFailureIsFoldedAndTheRestCounted() {
    assertThat(Lines.folded("a\nb\nc", 3, "there")).isEqualTo("a\nb\nc");
    assertThat(Lines.folded("a\nb\nc\n", 2, "there")).isEqualTo("a\nb\n… and 1 line more, there");
    assertThat(Lines.folded("a\nb\nc", 1, "there")).isEqualTo("a\n… and 2 lines more, there");
    assertThat(Lines.folded("a\nb\n\nc\nd", 2, "there"))
        .isEqualTo("a\nb\n… and 3 lines more, there");
    assertThat(Lines.folded("a\nb\nc", Integer.MAX_VALUE, "there")).isEqualTo("a\nb\nc");
  }

  /** The last line of a failure of libtorch, and the innermost cause, say most. */
  @Test
  void theLastLineIsShown() {
    assertThat(Lines.folded("a\nb\nc\nd\ne\nf", 4, "there"))
        .isEqualTo("a\nb\nc\n… and 2 lines more, there\nf");
    assertThat(Lines.folded("a\nb\nc\nd", 4, "there")).isEqualTo("a\nb\nc\nd");
    assertThat(Lines.folded("a\n".repeat(5000) + "f", 3, "there"))
        .isEqualTo("a\na\n… and 4,998 lines more, there\nf");
  }

  @Test
  void aLongLineShowsItsEndsUnlessAllIsAskedFor() {
    String line = "x".repeat(400);
    assertThat(Lines.folded(line, 1, "there")).isEqualTo(line);
    assertThat(Lines.folded("a".repeat(200) + "y".repeat(1234) + "z".repeat(200), 1, "there"))
        .isEqualTo("a".repeat(200) + " … and 1,234 characters more, there … " + "z".repeat(200));
    assertThat(Lines.folded("\ud83d\ude00".repeat(401), 1, "there"))
        .as("no letter is cut in two")
        .isEqualTo(
            "\ud83d\ude00".repeat(200)
                + " … and 2 characters more, there … "
                + "\ud83d\ude00".repeat(200));
    assertThat(Lines.folded(line + "y\nz", Integer.MAX_VALUE, "there")).isEqualTo(line + "y\nz");
  }

  @Test
  void aMessageIsShownWholeUnlessItHasNoEnd() {
    String usual = "x: 50 problems\n" + ("y".repeat(4000) + "\n").repeat(199).strip();
    assertThat(Lines.message(usual, "there")).isEqualTo(usual);
    assertThat(Lines.message(usual + "\nz", "there").lines())
        .hasSize(201)
        .contains("… and 1 line more, there");
    assertThat(Lines.message("y".repeat(5000), "there"))
        .isEqualTo("y".repeat(2000) + " … and 1,000 characters more, there … " + "y".repeat(2000));
  }

  @Test
  void aMessageOfSeveralLinesKeepsThem() {
    assertThat(Lines.plain("x.conf: 2 problems\n  line 1\u001b[2J\n  line 2\n"))
        .isEqualTo("x.conf: 2 problems\n  line 1\uFFFD[2J\n  line 2");
  }
}
