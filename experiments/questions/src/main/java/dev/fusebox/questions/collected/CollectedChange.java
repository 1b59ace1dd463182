package dev.fusebox.questions.collected;

import java.util.List;
import java.util.Optional;

/**
 * What somebody did to a question of the data before it was kept.
 *
 * @param id in the folder it was kept in
 * @param from the id of the question it was made from; empty if it was made up
 * @param kinds of change, as tables have them: {@code no-picture}
 * @param pictureOf the id of the question whose picture it got
 * @param rationale what the last stage was made to read
 */
public record CollectedChange(
    String id,
    Optional<String> from,
    List<String> kinds,
    Optional<String> pictureOf,
    Optional<String> rationale) {

  public CollectedChange {
    kinds = List.copyOf(kinds);
  }

  /** Of a question that nothing is known of, such as one that was put there by hand. */
  static CollectedChange unknown(String id) {
    return new CollectedChange(id, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
  }
}
