package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which letter stands before this option? {@code find red Options: (A) blue (B) red Answer:} gives
 * {@code The answer is (B).}
 *
 * @param questions whose options are used
 */
public record LetterLookup(List<Question> questions, Tokens tokens)
    implements PretrainingObjective {

  public LetterLookup {
    questions = List.copyOf(questions);
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    OptionList options = OptionList.draw(questions, random);
    return PretrainingExamples.practice(
        options.prompt(options.option()), "The answer is " + options.letter() + ".", tokens);
  }
}
