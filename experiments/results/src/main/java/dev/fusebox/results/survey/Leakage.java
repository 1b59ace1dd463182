package dev.fusebox.results.survey;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How many texts of the test stand word for word in the training data. White space does not count,
 * and neither do empty texts.
 *
 * @param text which text
 * @param test how many test questions have one
 * @param distinct how many different ones there are among them
 * @param seen how many test questions have one that a training question has too
 * @param train how many training questions have one at all: where few do, little can be seen
 */
public record Leakage(String text, int test, int distinct, int seen, int train) {

  static Leakage of(
      String text, List<Question> train, List<Question> test, Function<Question, String> field) {
    List<String> known = texts(train, field);
    List<String> asked = texts(test, field);
    Set<String> seen = Set.copyOf(known);
    return new Leakage(
        text,
        asked.size(),
        Set.copyOf(asked).size(),
        (int) asked.stream().filter(seen::contains).count(),
        known.size());
  }

  private static List<String> texts(List<Question> questions, Function<Question, String> field) {
    return questions.stream()
        .map(field)
        .map(Whitespace::normalise)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toList());
  }

  /** 0 to 100; NaN if no test question has such a text. */
  public double percent() {
    return 100.0 * seen / test;
  }
}
