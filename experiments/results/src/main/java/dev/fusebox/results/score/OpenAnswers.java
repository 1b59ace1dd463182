package dev.fusebox.results.score;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerForm;
import dev.fusebox.questions.mark.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Answers held against what people said in their own words, by {@link VqaAccuracy}. An answer that
 * names an option is that option's words.
 *
 * @param accuracy of each question that people answered, 0 to 1
 */
public record OpenAnswers(List<Double> accuracy) {

  private static final double LEVEL = 0.95;
  private static final long SEED = 1;

  public OpenAnswers {
    accuracy = List.copyOf(accuracy);
  }

  /**
   * Marks answers.
   *
   * @param words what is answered to a question
   * @param people question id → what people said
   * @return empty if people answered none of the questions
   */
  static Optional<OpenAnswers> of(
      List<Question> questions,
      Function<Question, String> words,
      Map<String, List<String>> people) {
    List<Double> accuracy = new ArrayList<>();
    for (Question question : questions) {
      List<String> said = people.getOrDefault(question.id(), List.of());
      if (!said.isEmpty()) {
        accuracy.add(VqaAccuracy.of(words.apply(question), said));
      }
    }
    return accuracy.isEmpty() ? Optional.empty() : Optional.of(new OpenAnswers(accuracy));
  }

  /**
   * Marks answers that were written.
   *
   * @param texts question id → what was written
   * @param form how an option is named
   * @param people question id → what people said
   * @return empty if people answered none of the questions
   */
  public static Optional<OpenAnswers> written(
      List<Question> questions,
      Map<String, String> texts,
      AnswerForm form,
      Map<String, List<String>> people) {
    return of(questions, question -> words(question, texts.get(question.id()), form), people);
  }

  private static String words(Question question, String text, AnswerForm form) {
    OptionalInt option = form.option(question, text);
    return option.isPresent() ? words(question, option.getAsInt()) : text;
  }

  /** The words of an option; none of one that the question does not have. */
  static String words(Question question, int option) {
    return option >= 0 && option < question.choices().size() ? question.choices().get(option) : "";
  }

  /** What several runs reached with the same questions, on average. */
  public static OpenAnswers mean(List<OpenAnswers> runs) {
    List<Double> accuracy = new ArrayList<>();
    for (int i = 0; i < runs.get(0).n(); i++) {
      int question = i;
      accuracy.add(
          runs.stream().mapToDouble(run -> run.accuracy().get(question)).average().orElseThrow());
    }
    return new OpenAnswers(accuracy);
  }

  /** How many questions there are. */
  public int n() {
    return accuracy.size();
  }

  /** The mean, 0 to 100. */
  public double percent() {
    return 100 * accuracy.stream().mapToDouble(each -> each).average().orElseThrow();
  }

  /** Of the mean, in percent. */
  public Interval interval() {
    double[] values = accuracy.stream().mapToDouble(each -> each).toArray();
    return Bootstrap.mean(values, LEVEL, SEED).times(100);
  }
}
