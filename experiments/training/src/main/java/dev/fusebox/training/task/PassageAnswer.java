package dev.fusebox.training.task;

import java.util.List;

/**
 * An answer beside passages that were retrieved, and the answers without each of them.
 *
 * @param id of the question
 * @param gold the place of its own lecture among the passages, counted from 1, the best first; 0
 *     where it is not among them
 * @param named the place of the passage that the answer names by its words; 0 where it names none
 * @param all the answer beside all passages
 * @param without the answer without the first, without the second and so on; none where fewer than
 *     two were found
 */
public record PassageAnswer(
    String id, int gold, int named, NamedOption all, List<NamedOption> without) {

  public PassageAnswer {
    without = List.copyOf(without);
    if (Math.max(gold, named) > Math.max(1, without.size())) {
      throw new IllegalArgumentException(
          "gold and named must be places among the %d passages, found %d and %d"
              .formatted(without.size(), gold, named));
    }
  }

  /**
   * What was answered.
   *
   * @param option that is named; {@link ChangedAnswer#NONE} where none is
   * @param probabilities of the options, where they were ranked; else empty
   */
  public record NamedOption(int option, List<Double> probabilities) {
    public NamedOption {
      probabilities = List.copyOf(probabilities);
    }
  }
}
