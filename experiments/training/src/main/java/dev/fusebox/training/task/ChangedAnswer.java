package dev.fusebox.training.task;

import dev.fusebox.questions.change.QuestionChange;

/**
 * An answer to a question that was asked otherwise.
 *
 * @param change how
 * @param id of the question
 * @param place the option chosen, by its place among those asked; {@link #NONE} where the answer
 *     names none of them
 * @param option the original question's option that stands in that place; {@link #NONE} where it is
 *     none of them
 * @param options how many were asked
 */
public record ChangedAnswer(QuestionChange change, String id, int place, int option, int options) {

  /** Not an option. */
  public static final int NONE = -1;
}
