package dev.fusebox.results.survey;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How far a rule gets that understands nothing.
 *
 * @param rule in words
 * @param percent by category; NaN where no question is known to belong
 * @param average over all questions
 */
public record Heuristic(String rule, Map<Category, Double> percent, double average) {

  /** Each question with one of its options at random: what to expect. */
  static Heuristic chance(List<Category> categories, List<Question> test) {
    return of("chance", categories, test, question -> 1.0 / question.choices().size());
  }

  /** Each question with the letter that is right most often in training. */
  static Heuristic majority(int letter, List<Category> categories, List<Question> test) {
    return of(
        "always " + Question.letter(letter),
        categories,
        test,
        question -> question.answer() == letter ? 1 : 0);
  }

  /** Each question with its longest option; of equals the first. */
  static Heuristic longest(List<Category> categories, List<Question> test) {
    return of(
        "longest option",
        categories,
        test,
        question -> longest(question) == question.answer() ? 1 : 0);
  }

  private static int longest(Question question) {
    int longest = 0;
    for (int choice = 1; choice < question.choices().size(); choice++) {
      longest = length(question, choice) > length(question, longest) ? choice : longest;
    }
    return longest;
  }

  private static int length(Question question, int choice) {
    return Whitespace.normalise(question.choices().get(choice)).length();
  }

  private static Heuristic of(
      String rule,
      List<Category> categories,
      List<Question> test,
      ToDoubleFunction<Question> expected) {
    Map<Category, Double> percent = new LinkedHashMap<>();
    for (Category category : categories) {
      percent.put(category, mean(test, category::contains, expected));
    }
    return new Heuristic(rule, percent, mean(test, question -> true, expected));
  }

  private static double mean(
      List<Question> test, Predicate<Question> which, ToDoubleFunction<Question> expected) {
    return 100 * test.stream().filter(which).mapToDouble(expected).average().orElse(Double.NaN);
  }
}
