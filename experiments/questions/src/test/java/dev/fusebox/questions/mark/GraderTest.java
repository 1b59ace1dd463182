package dev.fusebox.questions.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Grader.Unreadable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GraderTest {

  private static final List<Question> QUESTIONS = Questions.plain(3);

  @Test
  void marksByTheOptionNamed() {
    Graded graded =
        Grader.strict()
            .written(
                QUESTIONS,
                List.of(
                    wrote("2", "The answer is (A)."),
                    wrote("0", "The answer is (B)."),
                    wrote("1", "Red things reflect red. The answer is (A).")));
    assertThat(graded.questions()).isEqualTo(QUESTIONS);
    assertThat(graded.correct()).containsExactly(false, true, true);
    assertThat(graded.unreadable()).isZero();
  }

  @Test
  void readsAnAnswerThatNamesAnOptionOfTheQuestion() {
    Question question = QUESTIONS.get(0);
    assertThat(Grader.strict().reads(question, "The answer is (B).")).isTrue();
    assertThat(Grader.strict().reads(question, "The answer is (Z).")).isFalse();
    assertThat(Grader.strict().reads(question, "Blue.")).isFalse();
    int options = question.choices().size();
    assertThat(Grader.strict().reads(question, options - 1)).isTrue();
    assertThat(Grader.strict().reads(question, options)).isFalse();
    assertThat(Grader.option(question, "The answer is (B).")).hasValue(1);
    assertThat(Grader.option(question, "Blue.")).isEmpty();
  }

  @Test
  void someOfTheQuestionsKeepTheirMarks() {
    Graded all = new Graded(QUESTIONS, List.of(true, false, true), 1);
    Graded some = all.only(question -> !question.equals(QUESTIONS.get(0)));
    assertThat(some).isEqualTo(new Graded(QUESTIONS.subList(1, 3), List.of(false, true), 0));
  }

  @Test
  void knowsWhetherATextNamesTheOptionItsTargetNames() {
    assertThat(Grader.namesWantedOption(aimed("So. The answer is (B).", "The answer is (B).")))
        .isTrue();
    assertThat(Grader.namesWantedOption(aimed("The answer is (A).", "The answer is (B).")))
        .isFalse();
    assertThat(Grader.namesWantedOption(aimed("Blue.", "Blue."))).isFalse();
    String two = "The answer is (B). The answer is (B).";
    assertThat(Grader.namesWantedOption(aimed(two, "The answer is (B)."))).isFalse();
  }

  private static Prediction aimed(String text, String target) {
    return new Prediction("0", text, target);
  }

  @Test
  void whatNamesNoOptionOrTwoOrOneTooManyIsUnreadableAndWrong() {
    Graded graded =
        Grader.strict()
            .written(
                QUESTIONS,
                List.of(
                    wrote("0", "The answer is (A). The answer is (A)."),
                    wrote("1", "The answer is A."),
                    wrote("2", "The answer is (D).")));
    assertThat(graded.correct()).containsOnly(false);
    assertThat(graded.unreadable()).isEqualTo(3);
  }

  @Test
  void unreadableAnswersMayBeDrawnAmongFiveAsMmCotDoes() {
    List<Question> many = Questions.plain(5000);
    Map<String, Integer> none =
        many.stream().collect(Collectors.toMap(Question::id, question -> -1));
    Grader grader = new Grader(Unreadable.RANDOM_OF_FIVE, 7);
    Graded graded = grader.chosen(many, none);
    assertThat(graded.average().value()).isBetween(0.18, 0.22);
    assertThat(graded).isEqualTo(grader.chosen(many, none));
  }

  @Test
  void onlyTheQuestionsPredictedAreAsked() {
    Graded graded = Grader.strict().written(QUESTIONS, List.of(wrote("1", "The answer is (A).")));
    assertThat(graded.average()).isEqualTo(new Proportion(1, 1));
  }

  @Test
  void aStrangeOrRepeatedQuestionIsAnError() {
    Grader grader = Grader.strict();
    assertThatThrownBy(() -> grader.written(QUESTIONS, List.of(wrote("9", ""))))
        .hasMessage("prediction for question 9, which is not among those asked");
    assertThatThrownBy(() -> grader.written(QUESTIONS, List.of(wrote("1", ""), wrote("1", ""))))
        .hasMessage("two predictions for question 1");
  }

  private static Prediction wrote(String id, String text) {
    return new Prediction(id, text, "The answer is (A).");
  }
}
