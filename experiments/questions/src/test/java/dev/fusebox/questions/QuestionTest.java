package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

  private static final Question KITE =
      new Question(
          "kite",
          "What flies?",
          List.of("stone", "kite"),
          1,
          "Look up.",
          true,
          "Air lifts.",
          "It has a string.",
          "natural science",
          "grade3",
          "a sky");

  private static Question withOptions(int count, int answer) {
    return new Question(
        "q", "?", Collections.nCopies(count, "x"), answer, "", false, "", "", "", "", "");
  }

  @Test
  void itHasAsManyOptionsAsThereAreLetters() {
    assertThat(withOptions(2, 1).choices()).hasSize(2);
    assertThat(withOptions(26, 25).choices()).hasSize(26);
    assertThat(Question.letter(0)).isEqualTo('A');
    assertThat(Question.letter(25)).isEqualTo('Z');
    for (int count : new int[] {0, 1, 27}) {
      assertThatThrownBy(() -> withOptions(count, 0))
          .hasMessage("question q must have 2 to 26 choices, found " + count);
    }
  }

  @Test
  void itsAnswerIsOneOfItsOptions() {
    for (int answer : new int[] {-1, 2}) {
      assertThatThrownBy(() -> withOptions(2, answer))
          .hasMessage("question q: answer must be an index into its 2 choices, found " + answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", ".hidden", "a/b", "a\\b", "a\nb", "a\u0000", "/"})
  void whatCannotBePartOfAFilesNameIsNoId(String id) {
    assertThat(Question.isId(id)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "a.b", "größe 3", "x-1_2", "質問"})
  void anythingElseIsAnId(String id) {
    assertThat(Question.isId(id)).isTrue();
  }

  @Test
  void whatIsChangedIsChangedAlone() {
    assertThat(KITE.withAnswer(0).withAnswer(1)).isEqualTo(KITE);
    assertThat(KITE.withAnswer(0).answer()).isZero();
    assertThat(KITE.withQuestion("What is up?").question()).isEqualTo("What is up?");
    assertThat(KITE.withQuestion("x").withQuestion(KITE.question())).isEqualTo(KITE);
    assertThat(KITE.withHint("none").hint()).isEqualTo("none");
    assertThat(KITE.withHint("x").withHint(KITE.hint())).isEqualTo(KITE);
    assertThat(KITE.withCaption("clouds").caption()).isEqualTo("clouds");
    assertThat(KITE.withCaption("x").withCaption(KITE.caption())).isEqualTo(KITE);
    assertThat(KITE.withChoices(List.of("a", "b", "c"), 2).choices())
        .containsExactly("a", "b", "c");
    assertThat(KITE.withChoices(List.of("a", "b", "c"), 2).withChoices(KITE.choices(), 1))
        .isEqualTo(KITE);
    assertThat(KITE.called("other").called("kite")).isEqualTo(KITE);
  }

  @Test
  void aVersionHasAnIdOfItsOwnAndIsStillKnownAsWhoseItIs() {
    List<Question> versions = Stream.of("rotated", "1").map(KITE::version).toList();
    assertThat(versions).extracting(Question::id).doesNotContain("kite").doesNotHaveDuplicates();
    assertThat(versions).extracting(Question::origin).containsOnly("kite");
    assertThat(versions.get(0).version("again").origin()).isEqualTo("kite");
    assertThat(KITE.origin()).isEqualTo("kite");
    assertThat(versions).noneMatch(version -> Question.isId(version.id()));
    assertThat(versions.get(0).called("kite")).isEqualTo(KITE);
  }
}
