package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.questions.prompt.TextPair;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A question with its solution in the text, to the letter of the answer: {@code QCMG-A} with the
 * gold rationale, without lecture and caption.
 *
 * @param questions those without a solution are left out
 */
public record AnswerReading(List<Question> questions, Tokens tokens)
    implements PretrainingObjective {

  private static final PromptBuilder PROMPTS =
      new PromptBuilder(PromptFormat.parse("QCMG-A"), false, false);

  public AnswerReading {
    questions = questions.stream().filter(question -> !question.solution().isEmpty()).toList();
    if (questions.isEmpty()) {
      throw new IllegalArgumentException("no question has a solution to read an answer from");
    }
  }

  @Override
  public PretrainingExample practice(SplittableRandom random) {
    TextPair prompt = PROMPTS.prompt(questions.get(random.nextInt(questions.size())));
    return PretrainingExamples.practice(prompt.source(), prompt.target(), tokens);
  }
}
