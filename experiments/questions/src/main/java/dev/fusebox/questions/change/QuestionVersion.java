package dev.fusebox.questions.change;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Optional;

/**
 * One of several ways to ask a question.
 *
 * @param question id of the question
 * @param number which way, counted from 1
 * @param asked what is asked, under an id of its own
 * @param origins for each of its options the index of the original's that it is
 * @param rationale what is read, where that is what differs
 */
public record QuestionVersion(
    String question,
    int number,
    Question asked,
    List<Integer> origins,
    Optional<String> rationale) {

  public QuestionVersion {
    origins = List.copyOf(origins);
  }
}
