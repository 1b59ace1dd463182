package dev.fusebox.questions.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.RandomText;
import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerForm;
import dev.fusebox.questions.mark.Grader;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every prompt, whatever a question is made of. */
class PromptPropertyTest {

  private static final List<InputFormat> INPUTS = List.of(InputFormat.values());
  private static final List<OutputFormat> OUTPUTS = List.of(OutputFormat.values());

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static Question question(Random random) {
    int choices = 2 + random.nextInt(25);
    return new Question(
        "q",
        RandomText.of(random, 20),
        IntStream.range(0, choices).mapToObj(i -> RandomText.of(random, 8)).toList(),
        random.nextInt(choices),
        RandomText.of(random, 10),
        random.nextBoolean(),
        RandomText.of(random, 20),
        RandomText.of(random, 20),
        "natural science",
        "grade1",
        RandomText.of(random, 8));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aFormatIsReadAsItIsWritten(long seed) {
    Random random = new Random(seed);
    PromptFormat format =
        new PromptFormat(
            INPUTS.get(random.nextInt(INPUTS.size())), OUTPUTS.get(random.nextInt(OUTPUTS.size())));
    assertThat(PromptFormat.parse(format.toString())).isEqualTo(format);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theAnswerAskedForIsTheAnswerReadBack(long seed) {
    Question question = question(new Random(seed));
    for (OutputFormat output : OutputFormat.values()) {
      String target =
          new PromptBuilder(new PromptFormat(InputFormat.QCM, output), true)
              .prompt(question)
              .target();
      if (output.writesAnswer()) {
        assertThat(Grader.option(question, target)).as("%s", output).hasValue(question.answer());
        assertThat(AnswerForm.parse("The answer is \\((.)\\)").option(question, target))
            .hasValue(question.answer());
      } else {
        assertThat(Grader.option(question, target)).as("%s", output).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void promptsAreOneLineThatHoldsItsParts(long seed) {
    Random random = new Random(seed);
    Question question = question(random);
    String rationale = "because " + RandomText.of(random, 20);
    String passage = "passage " + RandomText.of(random, 20);
    for (InputFormat input : InputFormat.values()) {
      TextPair prompt =
          new PromptBuilder(new PromptFormat(input, OutputFormat.A), random.nextBoolean())
              .prompt(question, Optional.of(rationale), List.of(passage));
      assertThat(prompt.source())
          .isEqualTo(Whitespace.normalise(prompt.source()))
          .contains(Whitespace.normalise(question.question()))
          .endsWith("Answer:");
      assertThat(prompt.target()).isEqualTo(Whitespace.normalise(prompt.target()));
      assertThat(prompt.source().contains(Whitespace.normalise(rationale)))
          .as("%s", input)
          .isEqualTo(input.readsRationale());
      assertThat(prompt.source().contains(Whitespace.normalise(passage)))
          .as("%s", input)
          .isEqualTo(input.name().contains("C"));
    }
  }
}
