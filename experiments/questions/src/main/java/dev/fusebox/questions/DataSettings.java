package dev.fusebox.questions;

import dev.fusebox.file.UserError;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

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
 * @param draw which training questions {@code limits.train} takes: those of the draw of this
 *     number, from 1 on; without it the first ones. The number and the questions' ids alone decide
 */
public record DataSettings(
    Optional<Path> root,
    DemoSettings demo,
    SplitNames splits,
    Optional<Double> heldOut,
    SplitLimits limits,
    Optional<Long> draw) {

  public DataSettings {
    double share = heldOut.orElse(0.5);
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "heldOut must be a share between 0 and 1, found " + heldOut.orElseThrow());
    }
    draw.ifPresent(number -> checkDraw(number, limits));
  }

  private static void checkDraw(long number, SplitLimits limits) {
    if (number < 1) {
      throw new IllegalArgumentException("draw must be at least 1, found " + number);
    }
    if (limits.train().isEmpty()) {
      throw new IllegalArgumentException(
          "draw needs limits.train, without which a draw is all questions, found draw = %d alone; for example limits.train = 0.8"
              .formatted(number));
    }
  }

  /** The same with the training questions of a draw. */
  public DataSettings withDraw(long number) {
    return new DataSettings(root, demo, splits, heldOut, limits, Optional.of(number));
  }

  /** Whether a question of the training split is held out for validation. */
  public boolean isHeldOut(Question question) {
    return isHeldOut(question.id());
  }

  /** The same by its id, which alone decides. */
  public boolean isHeldOut(String id) {
    return heldOut.isPresent() && new SplittableRandom(id.hashCode()).nextDouble() < heldOut.get();
  }

  /**
   * The questions of the draw, in the order that they have among all. Those of a smaller limit are
   * among those of a larger one.
   *
   * @param all training questions that there are
   * @throws UserError if all of them would be drawn
   */
  public List<Question> drawn(List<Question> all) {
    Set<String> ids =
        all.stream()
            .map(Question::id)
            .sorted(Comparator.comparingLong(this::place).thenComparing(id -> id))
            .limit(drawnOf(all.size()))
            .collect(Collectors.toSet());
    return all.stream().filter(question -> ids.contains(question.id())).toList();
  }

  /**
   * How many questions a draw has.
   *
   * @param size how many there are to draw from
   * @throws UserError if all of them would be drawn
   */
  public int drawnOf(int size) {
    int count = SplitLimits.apply(limits.train(), size);
    if (count == size) {
      throw new UserError(
          "data.limits.train = %s: there are %d training questions, so that every draw would be all of them; for example data.limits.train = 0.8"
              .formatted(
                  BigDecimal.valueOf(limits.train().orElseThrow())
                      .stripTrailingZeros()
                      .toPlainString(),
                  size));
    }
    return count;
  }

  /** Where a question stands in the draw: a random number, of which the lowest are taken. */
  private long place(String id) {
    long start = new SplittableRandom(draw.orElseThrow()).nextLong(); // near numbers, far starts
    return new SplittableRandom(start + id.hashCode()).nextLong();
  }
}
