package dev.fusebox.ask.collect;

import dev.fusebox.ask.Answer;
import dev.fusebox.ask.Asking;
import dev.fusebox.questions.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question with the answers that runs gave.
 *
 * @param origin the question of the data that it was made from; empty if it was made up
 * @param answers by the runs' ids
 */
public record AskedQuestion(Optional<Question> origin, Asking asking, Map<String, Answer> answers) {

  public AskedQuestion {
    answers = new LinkedHashMap<>(answers);
  }

  /** What was changed; {@code new} if it was made up. */
  public List<Change> changes() {
    return Change.between(origin, asking);
  }

  /** The ids of the runs that answered something else than what is right; none if nobody knows. */
  public List<String> fooled() {
    return asking.right().isEmpty()
        ? List.of()
        : answers.entrySet().stream()
            .filter(entry -> !entry.getValue().option().equals(asking.right()))
            .map(Map.Entry::getKey)
            .toList();
  }
}
