package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A list of options as prompts show it, and one of them to look up.
 *
 * @param options they differ
 * @param wanted index of the one to look up
 */
record OptionList(List<String> options, int wanted) {

  /** The options of a question, or as many drawn from those of all questions: half and half. */
  static OptionList draw(List<Question> questions, SplittableRandom random) {
    List<String> own = distinct(any(questions, random).choices());
    List<String> options = random.nextBoolean() ? own : mixed(questions, own.size(), random);
    return new OptionList(shuffled(options, random), random.nextInt(options.size()));
  }

  private static List<String> mixed(List<Question> questions, int count, SplittableRandom random) {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> choices = any(questions, random).choices();
      drawn.add(choices.get(random.nextInt(choices.size())));
    }
    return distinct(drawn);
  }

  private static List<String> distinct(List<String> options) {
    return options.stream().distinct().toList();
  }

  private static Question any(List<Question> questions, SplittableRandom random) {
    return questions.get(random.nextInt(questions.size()));
  }

  private static List<String> shuffled(List<String> options, SplittableRandom random) {
    List<String> rest = new ArrayList<>(options);
    List<String> shuffled = new ArrayList<>();
    while (!rest.isEmpty()) {
      shuffled.add(rest.remove(random.nextInt(rest.size())));
    }
    return shuffled;
  }

  String option() {
    return options.get(wanted);
  }

  String letter() {
    return "(" + Question.letter(wanted) + ")";
  }

  /** {@code find KEY Options: (A) … (B) … Answer:}. */
  String prompt(String key) {
    return "find " + key + " Options: " + listed() + " Answer:";
  }

  private String listed() {
    return IntStream.range(0, options.size())
        .mapToObj(i -> "(" + Question.letter(i) + ") " + options.get(i))
        .collect(Collectors.joining(" "));
  }
}
