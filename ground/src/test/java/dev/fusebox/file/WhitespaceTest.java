package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Python 3: {@code [c for c in range(0x10000) if chr(c).isspace()]}. */
class WhitespaceTest {

  private static final Set<Integer> OF_PYTHON =
      Set.of(
          9, 10, 11, 12, 13, 28, 29, 30, 31, 32, 133, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197,
          8198, 8199, 8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288);

  @Test
  void everyCharacterThatPythonStripsIsStripped() {
    Set<Integer> stripped =
        IntStream.range(0, 0x10000)
            .filter(c -> Whitespace.strip(String.valueOf((char) c)).isEmpty())
            .boxed()
            .collect(Collectors.toSet());
    assertThat(stripped).isEqualTo(OF_PYTHON);
  }

  @Test
  void aCharacterMaySplitBesideWhiteSpace() {
    assertThat(Whitespace.split("-a b--c -", '-')).containsExactly("a", "b", "c");
  }
}
