package dev.fusebox.t5.tokenize;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Cuts a word into the pieces whose log probabilities add up to the most (Kudo 2018, Viterbi). Of
 * equal cuts, the one with the longer piece at the end wins.
 */
final class Unigram {

  private static final double UNKNOWN_PENALTY = 10;

  private final Map<String, Integer> ids = new HashMap<>();
  private final Set<String> beginnings = new HashSet<>();
  private final double[] scores;
  private final double unknownScore;

  Unigram(List<String> pieces, List<Float> scores) {
    this.scores = scores.stream().mapToDouble(Float::doubleValue).toArray();
    unknownScore = Arrays.stream(this.scores).min().orElseThrow() - UNKNOWN_PENALTY;
    for (String piece : pieces) {
      ids.put(piece, ids.size());
      for (int end = 1; end < piece.length(); end++) {
        beginnings.add(piece.substring(0, end));
      }
    }
  }

  /** Hands over the ids of a word's pieces; neighbouring unknown characters are one unknown. */
  void cut(String word, IntConsumer use) {
    int length = word.length();
    double[] best = new double[length + 1];
    int[] start = new int[length + 1];
    int[] id = new int[length + 1];
    Arrays.fill(start, -1);
    for (int from = 0; from < length; from = word.offsetByCodePoints(from, 1)) {
      extend(word, from, best, start, id);
    }
    forwards(start, id, use);
  }

  private void extend(String word, int from, double[] best, int[] start, int[] id) {
    int next = word.offsetByCodePoints(from, 1);
    boolean single = false;
    for (int end = from + 1; end <= word.length(); end++) {
      String candidate = word.substring(from, end);
      Integer piece = ids.get(candidate);
      if (piece != null) {
        offer(from, end, piece, best[from] + scores[piece], best, start, id);
        single |= end == next;
      }
      if (!beginnings.contains(candidate)) {
        break;
      }
    }
    if (!single) {
      offer(from, next, Tokenizer.UNKNOWN, best[from] + unknownScore, best, start, id);
    }
  }

  private static void offer(
      int from, int end, int piece, double score, double[] best, int[] start, int[] id) {
    if (start[end] < 0 || score > best[end]) {
      best[end] = score;
      start[end] = from;
      id[end] = piece;
    }
  }

  private static void forwards(int[] start, int[] id, IntConsumer use) {
    Deque<Integer> pieces = new ArrayDeque<>();
    for (int end = start.length - 1; end > 0; end = start[end]) {
      boolean repeated = !pieces.isEmpty() && pieces.peek() == Tokenizer.UNKNOWN;
      if (id[end] != Tokenizer.UNKNOWN || !repeated) {
        pieces.push(id[end]);
      }
    }
    pieces.forEach(use::accept);
  }
}
