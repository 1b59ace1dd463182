package dev.fusebox.questions.change;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Questions that lend something to another: as near to it as there are, with another answer.
 *
 * @param questions that may lend
 * @param kinds what each is about, by id: its topic, or all of its tags
 */
record Lenders(List<Question> questions, Map<String, Set<String>> kinds) {

  static Lenders of(List<Question> questions, Function<Question, List<String>> kinds) {
    return new Lenders(
        questions,
        questions.stream()
            .collect(Collectors.toMap(Question::id, each -> Set.copyOf(kinds.apply(each)))));
  }

  /**
   * One that asks the same, else one of the same kinds, else one of the same subject, else any; its
   * right option is another.
   */
  Optional<Question> near(Question question, Random random) {
    Predicate<Question> other =
        each -> !each.id().equals(question.id()) && !right(each).equals(right(question));
    return among(other.and(each -> each.question().equals(question.question())), random)
        .or(() -> among(other.and(each -> isAlike(each, question)), random))
        .or(() -> among(other.and(each -> each.subject().equals(question.subject())), random))
        .or(() -> among(other, random));
  }

  private boolean isAlike(Question lender, Question question) {
    Set<String> own = kinds.getOrDefault(question.id(), Set.of());
    return !own.isEmpty() && own.equals(kinds.get(lender.id()));
  }

  /** An option of another question that is none of this one's. */
  Optional<String> distractor(Question question, Random random) {
    return near(question, random)
        .map(Lenders::right)
        .filter(option -> !question.choices().contains(option))
        .or(
            () ->
                among(each -> !question.choices().contains(right(each)), random)
                    .map(Lenders::right));
  }

  private Optional<Question> among(Predicate<Question> which, Random random) {
    List<Question> found = questions.stream().filter(which).toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get(random.nextInt(found.size())));
  }

  private static String right(Question question) {
    return question.choices().get(question.answer());
  }
}
