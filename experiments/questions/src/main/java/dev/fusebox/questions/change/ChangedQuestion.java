package dev.fusebox.questions.change;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A question as it is asked instead.
 *
 * @param asked of the same id
 * @param origins for each of its options the index of the original's that it is, or {@link #ADDED}
 * @param lender id of the question whose picture is shown, or whose rationale is read
 */
public record ChangedQuestion(Question asked, List<Integer> origins, String lender) {

  /** The origin of an option that the original does not have. */
  public static final int ADDED = -1;

  public ChangedQuestion {
    origins = List.copyOf(origins);
    if (origins.size() != asked.choices().size()) {
      throw new IllegalArgumentException(
          "origins must be as many as the options %d, found %d"
              .formatted(asked.choices().size(), origins.size()));
    }
  }

  /** The question with its own options, picture and rationale. */
  static ChangedQuestion of(Question asked) {
    return lent(asked, asked.id());
  }

  /** The question with what belongs to another. */
  static ChangedQuestion lent(Question asked, String lender) {
    return new ChangedQuestion(
        asked, IntStream.range(0, asked.choices().size()).boxed().toList(), lender);
  }

  /** The index of the original's right option. */
  public int right() {
    return origins.get(asked.answer());
  }
}
