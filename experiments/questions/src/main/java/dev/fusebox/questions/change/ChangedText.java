package dev.fusebox.questions.change;

import dev.fusebox.questions.Question;
import java.util.Optional;

/** A question in other words, or with another hint. */
final class ChangedText {

  private ChangedText() {}

  /** One of its options stands in the hint as well. */
  static ChangedQuestion hinting(Question question, int option) {
    String hint = question.hint() + " " + question.choices().get(option);
    return ChangedQuestion.of(question.withHint(hint.strip()));
  }

  /** No hint; empty where there is none anyway. */
  static Optional<ChangedQuestion> withoutHint(Question question) {
    return question.hint().isEmpty()
        ? Optional.empty()
        : Optional.of(ChangedQuestion.of(question.withHint("")));
  }

  static ChangedQuestion paraphrased(Question question) {
    return ChangedQuestion.of(question.withQuestion(Paraphrase.of(question.question())));
  }
}
