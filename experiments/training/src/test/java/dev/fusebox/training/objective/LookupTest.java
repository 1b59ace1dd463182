package dev.fusebox.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LookupTest {

  private final Spelled tokens = new Spelled();
  private final List<Question> questions =
      List.of(
          Spelled.question("1", List.of("red", "blue", "green"), 1, "It is blue."),
          Spelled.question("2", List.of("cat", "dog", "cow", "hen"), 3, "It is a hen."),
          Spelled.question("3", List.of("hot", "cold"), 0, ""));

  @Test
  void theLetterIsTheOneBeforeTheOption() {
    LetterLookup lookup = new LetterLookup(questions, tokens);
    for (int seed = 0; seed < 200; seed++) {
      PretrainingExample practice = lookup.practice(new SplittableRandom(seed));
      List<String> source = words(practice.source());
      String letter = source.get(source.lastIndexOf(source.get(1)) - 1);
      assertThat(tokens.text(practice.target())).isEqualTo("The answer is " + letter + ". </s>");
    }
  }

  @Test
  void theWordIsTheOneAfterTheLetter() {
    WordLookup lookup = new WordLookup(questions, tokens);
    for (int seed = 0; seed < 200; seed++) {
      PretrainingExample practice = lookup.practice(new SplittableRandom(seed));
      List<String> source = words(practice.source());
      String option = source.get(source.lastIndexOf(source.get(1)) + 1);
      assertThat(tokens.text(practice.target())).isEqualTo(option + " </s>");
    }
  }

  @Test
  void optionsAreAQuestionsOwnOrMixed() {
    Map<Boolean, Integer> counts = new HashMap<>();
    for (int seed = 0; seed < 2000; seed++) {
      OptionList drawn = OptionList.draw(questions, new SplittableRandom(seed));
      assertThat(drawn.options()).doesNotHaveDuplicates();
      boolean own =
          questions.stream().anyMatch(question -> question.choices().containsAll(drawn.options()));
      counts.merge(own, 1, Integer::sum);
    }
    assertThat(counts.get(true)).isBetween(1000, 1400);
  }

  @Test
  void answersAreReadOffTheSolution() {
    AnswerReading reading = new AnswerReading(questions.subList(0, 1), tokens);
    PretrainingExample practice = reading.practice(new SplittableRandom(1));
    assertThat(tokens.text(practice.source()))
        .isEqualTo(
            "Question: Which? Context: N/A Options: (A) red (B) blue (C) green"
                + " Solution: It is blue. Answer: </s>");
    assertThat(tokens.text(practice.target())).isEqualTo("The answer is (B). </s>");
  }

  @Test
  void withoutSolutionsThereIsNothingToRead() {
    assertThatThrownBy(() -> new AnswerReading(questions.subList(2, 3), tokens))
        .hasMessage("no question has a solution to read an answer from");
  }

  @Test
  void aMixtureKeepsItsWeights() {
    PretrainingExamples examples = examples(Map.of("letters", 3.0, "words", 1.0));
    long letters =
        LongStream.range(0, 4000)
            .filter(number -> tokens.text(examples.example(number).target()).startsWith("The"))
            .count();
    assertThat(letters / 4000.0).isBetween(0.72, 0.78);
  }

  @Test
  void anExampleDependsOnItsNumberOnly() {
    Map<String, Double> all =
        Map.of("letters", 1.0, "words", 1.0, "answers", 1.0, "spanCorruption", 1.0);
    assertThat(examples(all).example(17)).isEqualTo(examples(all).example(17));
    assertThat(examples(all).example(17)).isNotEqualTo(examples(all).example(18));
  }

  @Test
  void unknownObjectivesAreNamed() {
    assertThatThrownBy(() -> examples(Map.of("leters", 1.0)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("unknown objective leters")
        .hasMessageContaining("letters")
        .hasMessageContaining(
            "known: [answers, captioning, grounding, letters, maskedText, matching, pairs, spanCorruption, words]");
  }

  @Test
  void someWeightIsNeeded() {
    assertThatThrownBy(() -> examples(Map.of("letters", 0.0)))
        .isInstanceOf(UserError.class)
        .hasMessage("no objective of [letters] has a weight above 0");
  }

  private PretrainingExamples examples(Map<String, Double> weights) {
    return new PretrainingExamples(weights, new PicturedTexts(questions), tokens, 64, 5);
  }

  private List<String> words(List<Integer> ids) {
    return Arrays.asList(tokens.text(ids).split(" "));
  }
}
