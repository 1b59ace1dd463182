package dev.fusebox.questions.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.questions.Question;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerFormTest {

  private static final Question QUESTION =
      new Question(
          "1",
          "Which?",
          List.of("a duck", "The moss", "the  Moss.", "I"),
          0,
          "",
          false,
          "",
          "",
          "",
          "",
          "");

  private static int option(String form, String text) {
    return AnswerForm.parse(form).option(QUESTION, text).orElse(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "B, 1",
    "b, 1",
    "(B), 1",
    "(b)., 1",
    "' B ', 1",
    "B., 1",
    "B. the moss, 1",
    "'(B) the moss\nis', 1",
    "**B**, 1",
    "E, 4",
    "A duck, -1",
    "The answer is (B)., -1",
    "AB, -1",
    "'', -1",
    "2, -1"
  })
  void aLetterStandsAloneOrInFront(String text, int option) {
    assertThat(option("letter", text)).isEqualTo(option);
  }

  @ParameterizedTest
  @CsvSource({
    "a duck, 0",
    "A Duck., 0",
    "' a\u00a0 duck', 0",
    "the moss, -1", // two options read alike
    "a hen, -1",
    "'', -1"
  })
  void theWordsOfAnOptionNameIt(String text, int option) {
    assertThat(option("text", text)).isEqualTo(option);
  }

  @ParameterizedTest
  @CsvSource({
    "The answer is (B)., 1",
    "The answer is (B). The answer is (B)., -1",
    "the answer is (b)., -1",
    "The answer is B., -1"
  })
  void aSentenceIsMmCots(String text, int option) {
    assertThat(option("sentence", text)).isEqualTo(option);
  }

  @ParameterizedTest
  @CsvSource({
    "the answer is (b)., 1",
    "The answer is B., 1",
    "Answer is: a. So the answer is (A), 0",
    "the answer is a and the answer is b, -1",
    "the answer is a duck, 0",
    "nothing, -1"
  })
  void anExpressionMayFindAnAnswerTwiceButNotTwoAnswers(String text, int option) {
    assertThat(option("(?i)answer is:?\\s*\\(?(a duck|[a-z]\\b)", text)).isEqualTo(option);
  }

  @Test
  void whatIsNoFormIsRefused() {
    assertThatThrownBy(() -> AnswerForm.parse("lettr"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "lettr is none of sentence, letter, text, and as a pattern of answers it must have one"
                + " group ( ) that holds the answer, found 0");
    assertThatThrownBy(() -> AnswerForm.parse("(a)(b)")).hasMessageEndingWith("found 2");
    assertThatThrownBy(() -> AnswerForm.parse("answer (["))
        .hasMessage(
            "answer ([ is none of sentence, letter, text, and no regular expression: Unclosed"
                + " character class");
  }
}
