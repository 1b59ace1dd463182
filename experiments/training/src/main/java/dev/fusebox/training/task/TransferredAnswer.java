package dev.fusebox.training.task;

import java.util.List;

/**
 * An answer to a question of other data than those learnt from.
 *
 * @param set what the data are called
 * @param id of the question
 * @param subjects labels of the data's own categories that it belongs to
 * @param option that is named; {@link ChangedAnswer#NONE} where none is
 * @param right the right one
 * @param options how many there are
 */
public record TransferredAnswer(
    String set, String id, List<String> subjects, int option, int right, int options) {

  public TransferredAnswer {
    subjects = List.copyOf(subjects);
  }

  /** Whether the right option is named. */
  public boolean namesRight() {
    return option == right;
  }
}
