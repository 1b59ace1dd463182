package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedQuestionsTest {

  private static final Path PLACE = Path.of("data");

  private static List<Question> questions(String... ids) {
    return Stream.of(ids)
        .map(id -> new Question(id, "?", List.of("a", "b"), 0, "", false, "", "", "", "", ""))
        .toList();
  }

  private static SharedQuestions shared(String... ids) {
    return SharedQuestions.of(questions("x", "a", "b", "c", "d", "e", "f", "g"), questions(ids));
  }

  @Test
  void whatNothingSharesIsAllowed() {
    assertThat(shared("y").ids()).isEmpty();
    assertThatCode(() -> shared("y").refuse(PLACE, "test", "train")).doesNotThrowAnyException();
  }

  @Test
  void whatWasLearntIsNoTest() {
    assertThat(shared("b", "y", "a").ids()).containsExactly("a", "b");
    assertThatThrownBy(() -> shared("b", "y", "a").refuse(PLACE, "test", "train"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "data: 2 of 8 test questions are among the train questions: a, b; what was learnt");
  }

  @Test
  void fiveAreNamedAndTheOthersCounted() {
    assertThatThrownBy(() -> shared("a", "b", "c", "d", "e").refuse(PLACE, "test", "train"))
        .hasMessageContaining("questions: a, b, c, d, e; what");
    assertThatThrownBy(
            () -> shared("a", "b", "c", "d", "e", "f", "g").refuse(PLACE, "test", "train"))
        .hasMessageContaining("questions: a, b, c, d, e and 2 more; what");
  }
}
