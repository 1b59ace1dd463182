package dev.fusebox.questions.mark;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One run's answers, marked: question by question, right or wrong.
 *
 * @param questions the questions asked
 * @param correct per question, whether the answer was right
 * @param unreadable how many answers named no option
 */
public record Graded(List<Question> questions, List<Boolean> correct, int unreadable) {

  public Graded {
    questions = List.copyOf(questions);
    correct = List.copyOf(correct);
    if (questions.size() != correct.size()) {
      throw new IllegalArgumentException(
          questions.size() + " questions need as many marks, found " + correct.size());
    }
  }

  /** The share of right answers over all questions. */
  public Proportion average() {
    return among(question -> true);
  }

  /** The share of right answers in a category. */
  public Proportion in(Category category) {
    return among(category::contains);
  }

  /** How many questions the category cannot place. */
  public int unknown(Category category) {
    return (int) questions.stream().filter(category::unknown).count();
  }

  /** The share of right answers among some of the questions. */
  public Proportion among(Predicate<Question> which) {
    int right = 0;
    int n = 0;
    for (int i = 0; i < questions.size(); i++) {
      if (which.test(questions.get(i))) {
        n++;
        right += correct.get(i) ? 1 : 0;
      }
    }
    return new Proportion(right, n);
  }

  /** The marks of some of the questions; how many of those were unreadable is no longer known. */
  public Graded only(Predicate<Question> which) {
    List<Integer> kept =
        IntStream.range(0, questions.size())
            .filter(i -> which.test(questions.get(i)))
            .boxed()
            .toList();
    return new Graded(
        kept.stream().map(questions::get).toList(), kept.stream().map(correct::get).toList(), 0);
  }
}
