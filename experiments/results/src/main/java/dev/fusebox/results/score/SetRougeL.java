package dev.fusebox.results.score;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.mark.CommonSubsequence;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * ROUGE-L as the Python package {@code rouge} 1.0.1 computes it: the F of mm-cot's final scores.
 *
 * <p>It differs from Lin's ROUGE-L (2004) in counting distinct words: sentences end at each full
 * stop, and precision and recall are (distinct words in the union of the longest common
 * subsequences of all sentence pairs) over (distinct words of one side). Case counts, and a word is
 * what stands between blanks.
 */
public final class SetRougeL {

  private static final double EPSILON = 1e-8;

  private SetRougeL() {}

  /**
   * F, 0 to 1. mm-cot hands over the target as hypothesis and the prediction as reference, which
   * matters where two subsequences are equally long; so does this method.
   *
   * @return 0 where one side has no sentence at all, which the package refuses
   */
  public static double f(String prediction, String target) {
    List<List<String>> hypothesis = sentences(target);
    List<List<String>> reference = sentences(prediction);
    if (hypothesis.isEmpty() || reference.isEmpty()) {
      return 0;
    }
    Set<String> common = new HashSet<>();
    for (List<String> sentence : reference) {
      for (List<String> other : hypothesis) {
        common.addAll(CommonSubsequence.of(sentence, other).words());
      }
    }
    double precision = (double) common.size() / distinct(hypothesis);
    double recall = (double) common.size() / distinct(reference);
    return 2 * (precision * recall / (precision + recall + EPSILON));
  }

  /** A sentence of blanks only has one word, the empty one. */
  private static List<List<String>> sentences(String text) {
    return Arrays.stream(text.split("\\.", -1))
        .filter(sentence -> !sentence.isEmpty())
        .map(Whitespace::split)
        .map(words -> words.isEmpty() ? List.of("") : words)
        .toList();
  }

  private static int distinct(List<List<String>> sentences) {
    return (int) sentences.stream().flatMap(List::stream).distinct().count();
  }
}
