package dev.fusebox.questions.mark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The longest common subsequence of two texts, word by word. */
public final class CommonSubsequence {

  private final List<String> first;
  private final List<String> second;

  /** lengths[i][j]: of the first i and the first j words. */
  private final int[][] lengths;

  private CommonSubsequence(List<String> first, List<String> second, int[][] lengths) {
    this.first = first;
    this.second = second;
    this.lengths = lengths;
  }

  public static CommonSubsequence of(List<String> first, List<String> second) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] a = numbered(first, numbers);
    int[] b = numbered(second, numbers);
    int[][] lengths = new int[a.length + 1][b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        lengths[i][j] =
            a[i - 1] == b[j - 1]
                ? lengths[i - 1][j - 1] + 1
                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
      }
    }
    return new CommonSubsequence(first, second, lengths);
  }

  private static int[] numbered(List<String> words, Map<String, Integer> numbers) {
    return words.stream()
        .mapToInt(word -> numbers.computeIfAbsent(word, key -> numbers.size()))
        .toArray();
  }

  int length() {
    return lengths[first.size()][second.size()];
  }

  /**
   * One of the longest, last word first: where two are equally long, the one that drops a word of
   * the second text.
   */
  public List<String> words() {
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
