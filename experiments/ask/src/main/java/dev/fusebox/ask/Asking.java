package dev.fusebox.ask;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run is asked.
 *
 * @param question its answer counts only where {@code right} says so
 * @param picture what it is asked with
 * @param rationale what the last stage reads instead of what the stage before it would write
 * @param right the right option, where somebody has said which it is
 */
public record Asking(
    Question question, ChosenPicture picture, Optional<String> rationale, OptionalInt right) {

  /** The id of a question that is not of the data. */
  public static final String TYPED = "asked";

  public Asking {
    if (right.isPresent() && right.getAsInt() != question.answer()) {
      throw new IllegalArgumentException(
          "right must be the question's answer %d, found %d"
              .formatted(question.answer(), right.getAsInt()));
    }
  }

  /** A question of the data, as it stands there. */
  public static Asking of(Question question) {
    return new Asking(
        question, new ChosenPicture.Own(), Optional.empty(), OptionalInt.of(question.answer()));
  }

  /** A question that somebody has made up, whose right answer is not known. */
  public static Asking typed(String text, List<String> options, String hint) {
    Question question = new Question(TYPED, text, options, 0, hint, false, "", "", "", "", "");
    return new Asking(question, new ChosenPicture.Own(), Optional.empty(), OptionalInt.empty());
  }

  /** The same with another picture, and the caption that belongs to that. */
  public Asking with(ChosenPicture other) {
    return new Asking(question, other, rationale, right);
  }

  /** The same with a rationale for the last stage to read. */
  public Asking reading(String text) {
    return new Asking(question, picture, Optional.of(text), right);
  }

  /** The question as stages read it: with the caption of the chosen picture. */
  Question shown() {
    return new Question(
        question.id(),
        question.question(),
        question.choices(),
        question.answer(),
        question.hint(),
        question.picture(),
        question.lecture(),
        question.solution(),
        question.subject(),
        question.grade(),
        picture.caption(question));
  }
}
