package dev.fusebox.questions.retrieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;

/**
 * Which of several passages a text names: the one that has most of its words, a word counting the
 * less the more of the passages have it, and nothing where all have it. The words are the index's.
 */
public final class NamedPassage {

  private NamedPassage() {}

  /**
   * The index of the passage; of equals the first, which fits the question best. Empty if the text
   * has no word that tells them apart.
   *
   * @param written what was answered, and what was written before that
   * @param passages at least two, the best first
   */
  public static OptionalInt of(String written, List<String> passages) throws IOException {
    try (Analyzer analyzer = new EnglishAnalyzer()) {
      List<Set<String>> held = new ArrayList<>();
      for (String passage : passages) {
        held.add(PassageIndex.words(analyzer, passage));
      }
      double[] scores = new double[passages.size()];
      for (String word : PassageIndex.words(analyzer, written)) {
        count(word, held, scores);
      }
      return best(scores);
    }
  }

  private static void count(String word, List<Set<String>> held, double[] scores) {
    long holders = held.stream().filter(words -> words.contains(word)).count();
    for (int i = 0; i < scores.length && holders < scores.length; i++) {
      scores[i] += held.get(i).contains(word) ? 1.0 / holders : 0;
    }
  }

  private static OptionalInt best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return scores[best] > 0 ? OptionalInt.of(best) : OptionalInt.empty();
  }
}
