package dev.fusebox.results.score;

import dev.fusebox.file.Whitespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of one sentence against one reference (Papineni et al. 2002), as nltk's {@code
 * sentence_bleu} computes it without smoothing: an order without any match counts as the smallest
 * normal double, so that the score is tiny but not 0. Words are mm-cot's: what stands between
 * blanks and full stops.
 */
public final class Bleu {

  private Bleu() {}

  /**
   * The score, 0 to 1.
   *
   * @param orders n-grams of 1 to so many words count, all alike: 1 or 4 in the papers
   */
  public static double score(String prediction, String target, int orders) {
    List<String> hypothesis = Whitespace.split(prediction, '.');
    List<String> reference = Whitespace.split(target, '.');
    double logarithms = 0;
    for (int n = 1; n <= orders; n++) {
      int matches = matches(hypothesis, reference, n);
      if (n == 1 && matches == 0) {
        return 0;
      }
      logarithms += Math.log(precision(matches, hypothesis.size() - n + 1)) / orders;
    }
    return brevityPenalty(hypothesis.size(), reference.size()) * Math.exp(logarithms);
  }

  private static double precision(int matches, int grams) {
    return matches == 0 ? Double.MIN_NORMAL : (double) matches / Math.max(1, grams);
  }

  /** N-grams of the hypothesis found in the reference, each at most as often as it stands there. */
  private static int matches(List<String> hypothesis, List<String> reference, int n) {
    Map<List<String>, Integer> allowed = grams(reference, n);
    int matches = 0;
    for (Map.Entry<List<String>, Integer> gram : grams(hypothesis, n).entrySet()) {
      matches += Math.min(gram.getValue(), allowed.getOrDefault(gram.getKey(), 0));
    }
    return matches;
  }

  private static Map<List<String>, Integer> grams(List<String> words, int n) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= words.size(); i++) {
      counts.merge(words.subList(i, i + n), 1, Integer::sum);
    }
    return counts;
  }

  private static double brevityPenalty(int hypothesis, int reference) {
    return hypothesis > reference ? 1 : Math.exp(1 - (double) reference / hypothesis);
  }
}
