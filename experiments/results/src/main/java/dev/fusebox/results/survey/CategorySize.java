package dev.fusebox.results.survey;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import java.util.List;

/**
 * How many test questions belong to a category.
 *
 * @param unknown how many might, but the data do not say: no subject, or no grade
 */
public record CategorySize(Category category, int n, int unknown) {

  static CategorySize of(Category category, List<Question> test) {
    return new CategorySize(
        category,
        (int) test.stream().filter(category::contains).count(),
        (int) test.stream().filter(category::unknown).count());
  }
}
