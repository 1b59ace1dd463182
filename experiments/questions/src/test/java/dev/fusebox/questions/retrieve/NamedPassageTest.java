package dev.fusebox.questions.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedPassageTest {

  private static final List<String> PASSAGES =
      List.of(
          "A map shows where places are: north is at the top of the map.",
          "Animals are sorted into groups. A frog is an amphibian.",
          "People get flour from a mill. People get salt from a mine at the top.");

  @Test
  void thePassageWithTheWordsIsNamedInWhateverForm() throws IOException {
    assertThat(NamedPassage.of("amphibians", PASSAGES)).hasValue(1);
    assertThat(NamedPassage.of("The mill gives flour.", PASSAGES)).hasValue(2);
    assertThat(NamedPassage.of("It is in the north.", PASSAGES)).hasValue(0);
  }

  @Test
  void aWordOfOneCountsMoreThanAWordOfTwo() throws IOException {
    assertThat(NamedPassage.of("salt at the top", PASSAGES)).hasValue(2);
    assertThat(NamedPassage.of("top", PASSAGES)).hasValue(0); // both have it: the first
  }

  @Test
  void whatAllOrNoneHaveNamesNone() throws IOException {
    assertThat(NamedPassage.of("", PASSAGES)).isEmpty();
    assertThat(NamedPassage.of("The answer is (B).", PASSAGES)).isEmpty();
    assertThat(NamedPassage.of("a map of it", List.of("One map.", "Two maps."))).isEmpty();
  }
}
