package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What needs no model: always the same letter, or any option at random. */
final class Baselines {

  private static final int OPTIONS = 5;

  private Baselines() {}

  /** The option that is most often right, counted from 0; the first of equals. */
  static int majority(List<Question> train) {
    int[] counts = new int[OPTIONS];
    train.stream()
        .filter(question -> question.answer() < OPTIONS)
        .forEach(question -> counts[question.answer()]++);
    int best = 0;
    for (int option = 1; option < OPTIONS; option++) {
      best = counts[option] > counts[best] ? option : best;
    }
    return best;
  }

  /** Percent right if every question is answered with one option. */
  static double always(int option, List<Question> test, Predicate<Question> which) {
    return mean(test, which, question -> question.answer() == option ? 1 : 0);
  }

  /** Percent right to expect if every question is answered with one of its options at random. */
  static double chance(List<Question> test, Predicate<Question> which) {
    return mean(test, which, question -> 1.0 / question.choices().size());
  }

  private static double mean(
      List<Question> test, Predicate<Question> which, ToDoubleFunction<Question> value) {
    return 100 * test.stream().filter(which).mapToDouble(value).average().orElse(Double.NaN);
  }
}
