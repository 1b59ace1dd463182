package dev.fusebox.results.survey;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a split has: how many questions, and how many of them with a picture and so on.
 *
 * @param split its name
 */
public record SplitSize(
    String split,
    int questions,
    int pictures,
    int hints,
    int captions,
    int lectures,
    int solutions,
    int subjects,
    int grades) {

  static SplitSize of(String split, List<Question> questions) {
    return new SplitSize(
        split,
        questions.size(),
        count(questions, Question::picture),
        count(questions, question -> !question.hint().isEmpty()),
        count(questions, question -> !question.caption().isEmpty()),
        count(questions, question -> !question.lecture().isEmpty()),
        count(questions, question -> !question.solution().isEmpty()),
        count(questions, question -> !question.subject().isEmpty()),
        count(questions, question -> !question.grade().isEmpty()));
  }

  private static int count(List<Question> questions, Predicate<Question> which) {
    return (int) questions.stream().filter(which).count();
  }
}
