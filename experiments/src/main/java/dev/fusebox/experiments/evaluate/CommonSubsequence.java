package dev.fusebox.experiments.evaluate;

import java.util.ArrayList;
import java.util.List;

/** The longest common subsequence of two texts, word by word. */
final class CommonSubsequence {

  private final List<String> first;
  private final List<String> second;

  /** lengths[i][j]: of the first i and the first j words. */
  private final int[][] lengths;

  private CommonSubsequence(List<String> first, List<String> second, int[][] lengths) {
    this.first = first;
    this.second = second;
    this.lengths = lengths;
  }

  static CommonSubsequence of(List<String> first, List<String> second) {
    int[][] lengths = new int[first.size() + 1][second.size() + 1];
    for (int i = 1; i <= first.size(); i++) {
      for (int j = 1; j <= second.size(); j++) {
        lengths[i][j] =
            first.get(i - 1).equals(second.get(j - 1))
                ? lengths[i - 1][j - 1] + 1
                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
      }
    }
    return new CommonSubsequence(first, second, lengths);
  }

  int length() {
    return lengths[first.size()][second.size()];
  }

  /**
   * One of the longest, last word first: where two are equally long, the one that drops a word of
   * the second text.
   */
  List<String> words() {
    List<String> words = new ArrayList<>();
    int i = first.size();
    int j = second.size();
    while (i > 0 && j > 0) {
      if (first.get(i - 1).equals(second.get(j - 1))) {
        words.add(first.get(i - 1));
        i--;
        j--;
      } else if (lengths[i - 1][j] > lengths[i][j - 1]) {
        i--;
      } else {
        j--;
      }
    }
    return words;
  }
}
