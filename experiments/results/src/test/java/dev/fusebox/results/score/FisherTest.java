package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class FisherTest {

  /** By counting tables of the same margins by hand. */
  @Test
  void tablesNoLikelierAreCounted() {
    assertThat(new Fisher(3, 1, 1, 3).p()).isCloseTo(34.0 / 70, within(1e-12));
    assertThat(new Fisher(8, 2, 1, 5).p()).isCloseTo(400.0 / 11440, within(1e-12));
    assertThat(new Fisher(0, 5, 5, 0).p()).isCloseTo(2.0 / 252, within(1e-12));
    assertThat(new Fisher(10, 10, 10, 10).p()).isCloseTo(1, within(1e-12));
    assertThat(new Fisher(7, 0, 3, 0).p()).isEqualTo(1);
    assertThat(new Fisher(0, 0, 0, 0).p()).isEqualTo(1);
  }

  @Test
  void aTextNamesTheOneOptionWhoseWordsItHolds() {
    Question question =
        new Question("1", "?", List.of("dog", "hot dog", "cat"), 1, "", false, "", "", "", "", "");
    assertThat(NamedOptions.only(question, "It is a Hot Dog.")).hasValue(1);
    assertThat(NamedOptions.only(question, "A dog, not a thing.")).hasValue(0);
    assertThat(NamedOptions.only(question, "dogs and cats")).isEmpty();
    assertThat(NamedOptions.only(question, "a dog and a cat")).isEmpty();
  }
}
