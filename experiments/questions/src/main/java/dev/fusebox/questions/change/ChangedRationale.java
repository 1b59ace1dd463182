package dev.fusebox.questions.change;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Another rationale than the one a model wrote. */
final class ChangedRationale {

  static final String SENTENCE_ENDS = "(?<=[.!?])\\s+";

  /** Matches nowhere. */
  private static final String NOTHING = "(?!)";

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

  /**
   * The same with a wrong option wherever the right one is named: as whole words, in upper or lower
   * case, and not as a part of another option.
   */
  static String counterfactual(String text, Question question, int wrong) {
    String right = question.choices().get(question.answer()).strip();
    String other = question.choices().get(wrong);
    return anyOption(question)
        .matcher(text)
        .replaceAll(
            named ->
                Matcher.quoteReplacement(
                    named.group().equalsIgnoreCase(right) ? other : named.group()));
  }

  /** Longer ones are found before those that are a part of them. */
  private static Pattern anyOption(Question question) {
    String options =
        question.choices().stream()
            .map(String::strip)
            .filter(option -> !option.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile(
        options.isEmpty() ? NOTHING : "(?<!\\w)(?:" + options + ")(?!\\w)",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Any of the wrong options. */
  static int wrong(Question question, Random random) {
    int other = random.nextInt(question.choices().size() - 1);
    return other < question.answer() ? other : other + 1;
  }
}
