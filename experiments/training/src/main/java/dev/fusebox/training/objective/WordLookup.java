package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which option stands after this letter? {@code find (B) Options: (A) blue (B) red Answer:} gives
 * {@code red}. Easier than {@link LetterLookup}, and the way to it.
 *
 * @param questions whose options are used
 */
public record WordLookup(List<Question> questions, Tokens tokens) implements PretrainingObjective {

  public WordLookup {
    questions = List.copyOf(questions);
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    OptionList options = OptionList.draw(questions, random);
    return PretrainingExamples.practice(options.prompt(options.letter()), options.option(), tokens);
  }
}
