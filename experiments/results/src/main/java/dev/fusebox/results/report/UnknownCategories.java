package dev.fusebox.results.report;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.results.table.Cell;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rule for categories that the data do not determine: if even one question might belong, there
 * is no score, and the number of such questions is shown.
 *
 * @param categories of the data
 * @param questions that are counted
 */
public record UnknownCategories(List<Category> categories, List<Question> questions) {

  /** What a table says that has such categories. */
  static final String NOTE =
      "unknown: number of questions whose subject or grade the data does not give; these categories have no score";

  public UnknownCategories {
    categories = List.copyOf(categories);
    questions = List.copyOf(questions);
  }

  /** How many questions may or may not belong to the category. */
  public int count(Category category) {
    return (int) questions.stream().filter(category::unknown).count();
  }

  /** Whether there are any. */
  public boolean any() {
    return categories.stream().anyMatch(category -> count(category) > 0);
  }

  /** The score, where there can be one. */
  Cell unless(Category category, Supplier<Cell> score) {
    return count(category) > 0 ? new Cell.Words("unknown") : score.get();
  }
}
