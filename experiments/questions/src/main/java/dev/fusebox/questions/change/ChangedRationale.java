package dev.fusebox.questions.change;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Another rationale than the one a model wrote. */
final class ChangedRationale {

  static final String SENTENCE_ENDS = "(?<=[.!?])\\s+";

  private ChangedRationale() {}

  /** The same words in any order. */
  static String shuffled(String text, Random random) {
    List<String> words = new ArrayList<>(Whitespace.split(text));
    Collections.shuffle(words, random);
    return String.join(" ", words);
  }

  /** The same without one of its sentences; one sentence alone leaves nothing. */
  static String shortened(String text, Random random) {
    List<String> sentences = new ArrayList<>(Arrays.asList(text.strip().split(SENTENCE_ENDS)));
    sentences.remove(random.nextInt(sentences.size()));
    return String.join(" ", sentences);
  }

  /** The same with a wrong option wherever the right one is named. */
  static String counterfactual(String text, Question question, Random random) {
    String wrong = wrong(question, random);
    return text.replace(question.choices().get(question.answer()), wrong);
  }

  /** Any of the wrong options. */
  static String wrong(Question question, Random random) {
    int other = random.nextInt(question.choices().size() - 1);
    return question.choices().get(other < question.answer() ? other : other + 1);
  }
}
