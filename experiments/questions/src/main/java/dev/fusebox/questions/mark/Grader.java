package dev.fusebox.questions.mark;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Marks answers: reads the option out of what a model wrote and compares it with the gold option.
 *
 * @param unreadable what an answer is worth that names no option of the question
 * @param seed of the draws, if unreadable answers are drawn
 * @param form how an answer stands in a text
 */
public record Grader(Unreadable unreadable, long seed, AnswerForm form) {

  /** A grader of answers in mm-cot's sentence. */
  public Grader(Unreadable unreadable, long seed) {
    this(unreadable, seed, new AnswerForm.Sentence());
  }

  /** What to do with an answer that names no option, or one that the question does not have. */
  public enum Unreadable {
    /** It is wrong. */
    WRONG,
    /**
     * It is replaced by one of five options at random, as mm-cot's final score does, and so may be
     * right by luck.
     */
    RANDOM_OF_FIVE
  }

  private static final int OPTIONS = 5;
  private static final int NONE = -1;

  /** The default: what cannot be read is wrong. */
  public static Grader strict() {
    return new Grader(Unreadable.WRONG, 0);
  }

  /**
   * Marks what a model wrote.
   *
   * @return the questions that have a prediction, in the order of {@code questions}
   * @throws IllegalArgumentException if a prediction's question is unknown or predicted twice
   */
  public Graded written(List<Question> questions, List<Prediction> predictions) {
    Map<String, Question> known =
        questions.stream()
            .collect(Collectors.toMap(Question::id, each -> each, (first, second) -> first));
    Map<String, Integer> options = new HashMap<>();
    for (Prediction prediction : predictions) {
      if (!known.containsKey(prediction.id())) {
        throw new IllegalArgumentException(
            "prediction for question " + prediction.id() + ", which is not among those asked");
      }
      int option = form.option(known.get(prediction.id()), prediction.text()).orElse(NONE);
      if (options.put(prediction.id(), option) != null) {
        throw new IllegalArgumentException("two predictions for question " + prediction.id());
      }
    }
    return chosen(
        questions.stream().filter(question -> options.containsKey(question.id())).toList(),
        options);
  }

  /**
   * Marks options that are known by number.
   *
   * @param options question id → option, counted from 0; anything the question does not have is
   *     unreadable
   */
  public Graded chosen(List<Question> questions, Map<String, Integer> options) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Boolean> correct = new ArrayList<>(questions.size());
    int unreadableCount = 0;
    for (Question question : questions) {
      OptionalInt option = valid(question, options.get(question.id()));
      unreadableCount += option.isPresent() ? 0 : 1;
      correct.add(option.orElseGet(() -> draw(random)) == question.answer());
    }
    return new Graded(questions, correct, unreadableCount);
  }

  /** The option that a text names, counted from 0; empty if it names none that the question has. */
  public static OptionalInt option(Question question, String text) {
    return valid(question, AnswerPattern.option(text).orElse(NONE));
  }

  /** Whether an answer names an option that the question has. */
  public boolean reads(Question question, Integer option) {
    return valid(question, option).isPresent();
  }

  /** Whether a text names an option that the question has. */
  public boolean reads(Question question, String text) {
    return valid(question, form.option(question, text).orElse(NONE)).isPresent();
  }

  /** Whether a text names the option that its target names, and no other. */
  public static boolean namesWantedOption(Prediction prediction) {
    OptionalInt option = AnswerPattern.option(prediction.text());
    return option.isPresent() && option.equals(AnswerPattern.option(prediction.target()));
  }

  private static OptionalInt valid(Question question, Integer option) {
    boolean known = option != null && option >= 0 && option < question.choices().size();
    return known ? OptionalInt.of(option) : OptionalInt.empty();
  }

  private int draw(SplittableRandom random) {
    return unreadable == Unreadable.RANDOM_OF_FIVE ? random.nextInt(OPTIONS) : NONE;
  }
}
