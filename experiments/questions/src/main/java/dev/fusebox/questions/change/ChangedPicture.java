package dev.fusebox.questions.change;

import dev.fusebox.questions.Question;
import java.util.Optional;
import java.util.Random;

/** Another picture, or none, of a question that has one; empty where it has none. */
final class ChangedPicture {

  private ChangedPicture() {}

  /** That of a like question with another answer, and what is said of it. */
  static Optional<ChangedQuestion> ofAnother(Question question, Lenders lenders, Random random) {
    return question.picture()
        ? lenders
            .near(question, random)
            .map(
                lender -> ChangedQuestion.lent(question.withCaption(lender.caption()), lender.id()))
        : Optional.empty();
  }

  /** Nothing is said of it: it is not shown. */
  static Optional<ChangedQuestion> unseen(Question question) {
    return question.picture()
        ? Optional.of(ChangedQuestion.of(question.withCaption("")))
        : Optional.empty();
  }

  /** It is shown in another frame; all that is said of it stays true. */
  static Optional<ChangedQuestion> framed(Question question) {
    return question.picture() ? Optional.of(ChangedQuestion.of(question)) : Optional.empty();
  }
}
