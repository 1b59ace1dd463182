package dev.fusebox.training.recipe;

import dev.fusebox.questions.change.QuestionChange;
import java.util.HashSet;
import java.util.List;

/**
 * {@code test}: what a trained run is asked besides the test questions as they are, to see what its
 * answers rest on.
 *
 * @param change each a way to ask the test questions otherwise
 * @param crossed of how many test questions with a picture every text is asked beside every
 *     picture; 0: of none
 */
public record TestSettings(List<QuestionChange> change, int crossed) {

  /** The questions as they are, and nothing else. */
  public static final TestSettings NONE = new TestSettings(List.of(), 0);

  public TestSettings {
    change = List.copyOf(change);
    Rules.require(
        new HashSet<>(change).size() == change.size(), "change must name each change once");
    Rules.require(
        crossed == 0 || crossed >= 2,
        "crossed must be 0 or at least 2 questions, found " + crossed);
  }
}
