package dev.fusebox.questions;

import dev.fusebox.file.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Questions that two splits share, by id: what was learnt cannot be a test.
 *
 * @param ids in the order of the first split
 * @param of how many questions the first split has
 */
public record SharedQuestions(List<String> ids, int of) {

  private static final int SHOWN = 5;

  public SharedQuestions {
    ids = List.copyOf(ids);
  }

  /** Those of {@code some} that are among {@code others}. */
  public static SharedQuestions of(List<Question> some, List<Question> others) {
    Set<String> known = others.stream().map(Question::id).collect(Collectors.toSet());
    return new SharedQuestions(
        some.stream().map(Question::id).filter(known::contains).toList(), some.size());
  }

  /**
   * Makes sure that there are none.
   *
   * @param place where the questions lie
   * @throws UserError that counts and names them
   */
  public void refuse(Path place, String split, String other) {
    if (!ids.isEmpty()) {
      throw new UserError(
          "%s: %d of %d %s questions are among the %s questions: %s; what was learnt is no test, so a question may be in one of them only: choose other splits, or take it out of one"
              .formatted(place, ids.size(), of, split, other, shown()));
    }
  }

  private String shown() {
    String first = ids.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return ids.size() > SHOWN ? first + " and " + (ids.size() - SHOWN) + " more" : first;
  }
}
