package dev.fusebox.questions.mark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * ROUGE-L as Google's {@code rouge_score} 0.1.2 computes it with its stemmer: the F of mm-cot's
 * evaluation loop (through Hugging Face's {@code evaluate}) and of the paper's RougeL column.
 *
 * <p>The whole text is one sentence; words are runs of a to z and 0 to 9 in lower case; words
 * longer than three letters are stemmed.
 */
public final class StemmedRougeL {

  private static final int LONGEST_UNSTEMMED = 3;

  private StemmedRougeL() {}

  /** F, 0 to 1; 0 where either text has no word. */
  public static double f(String prediction, String target) {
    List<String> predicted = words(prediction);
    List<String> wanted = words(target);
    int common = CommonSubsequence.of(wanted, predicted).length();
    if (common == 0) {
      return 0;
    }
    double precision = (double) common / predicted.size();
    double recall = (double) common / wanted.size();
    return 2 * precision * recall / (precision + recall);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.length() > LONGEST_UNSTEMMED ? PorterStemmer.stem(word) : word)
        .toList();
  }
}
