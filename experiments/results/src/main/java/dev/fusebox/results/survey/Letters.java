package dev.fusebox.results.survey;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each letter is right.
 *
 * @param split of these questions
 * @param choices how many options they have; 0 for all questions together
 * @param counts by letter, from A
 */
public record Letters(String split, int choices, int n, List<Integer> counts) {

  public Letters {
    counts = List.copyOf(counts);
  }

  /** All questions together, then those of 2 options, of 3, and so on. */
  static List<Letters> of(String split, List<Question> questions) {
    List<Letters> all = new ArrayList<>(List.of(of(split, 0, questions)));
    questions.stream()
        .map(question -> question.choices().size())
        .distinct()
        .sorted()
        .forEach(choices -> all.add(of(split, choices, withChoices(questions, choices))));
    return all;
  }

  private static List<Question> withChoices(List<Question> questions, int choices) {
    return questions.stream().filter(question -> question.choices().size() == choices).toList();
  }

  private static Letters of(String split, int choices, List<Question> questions) {
    int letters =
        questions.stream().mapToInt(question -> question.choices().size()).max().orElse(0);
    List<Integer> counts =
        IntStream.range(0, letters)
            .map(letter -> (int) questions.stream().filter(q -> q.answer() == letter).count())
            .boxed()
            .toList();
    return new Letters(split, choices, questions.size(), counts);
  }

  /** The letter that is right most often, counted from 0; the first of equals. */
  int majority() {
    return IntStream.range(0, counts.size())
        .boxed()
        .reduce(0, (best, letter) -> counts.get(letter) > counts.get(best) ? letter : best);
  }
}
