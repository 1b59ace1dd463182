package dev.fusebox.questions;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * {@code data}: which questions.
 *
 * @param root where the data lie, as {@link Datasets} finds them; without it the demo data are
 *     generated
 * @param demo how to generate them
 * @param splits the names under which {@code pid_splits.json} lists the questions
 * @param heldOut share of the training split that is the validation split instead: where the data
 *     bring none, or one without pictures. Which questions is decided by their ids alone
 * @param limits how many of them
 */
public record DataSettings(
    Optional<Path> root,
    DemoSettings demo,
    SplitNames splits,
    Optional<Double> heldOut,
    SplitLimits limits) {

  public DataSettings {
    double share = heldOut.orElse(0.5);
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "heldOut must be a share between 0 and 1, found " + heldOut.orElseThrow());
    }
  }

  /** Whether a question of the training split is held out for validation. */
  public boolean isHeldOut(Question question) {
    return heldOut.isPresent()
        && new SplittableRandom(question.id().hashCode()).nextDouble() < heldOut.get();
  }
}
