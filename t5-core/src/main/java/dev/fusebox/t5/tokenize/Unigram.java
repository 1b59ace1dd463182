package dev.fusebox.t5.tokenize;

import dev.fusebox.t5.tokenize.SentencePieceModel.Kind;
import dev.fusebox.t5.tokenize.SentencePieceModel.Piece;
import java.nio.charset.StandardCharsets;
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
  private final int[] bytes; // by value; none without byte_fallback

  /**
   * Takes the pieces of a model. Text is cut into normal ones; the others stand for something else,
   * and a text that spells one of them is cut like any other.
   *
   * @throws IllegalArgumentException if {@code byte_fallback} is set and a byte has no piece
   */
  Unigram(SentencePieceModel model) {
    List<Piece> pieces = model.pieces();
    scores = pieces.stream().mapToDouble(Piece::score).toArray();
    unknownScore = Arrays.stream(scores).min().orElseThrow() - UNKNOWN_PENALTY;
    for (int id = 0; id < pieces.size(); id++) {
      if (pieces.get(id).kind() == Kind.NORMAL) {
        add(pieces.get(id).text(), id);
      }
    }
    bytes = model.byteFallback() ? bytes(pieces) : new int[0];
  }

  private void add(String piece, int id) {
    ids.put(piece, id);
    for (int end = 1; end < piece.length(); end++) {
      beginnings.add(piece.substring(0, end));
    }
  }

  private static int[] bytes(List<Piece> pieces) {
    Map<String, Integer> found = new HashMap<>();
    for (int id = 0; id < pieces.size(); id++) {
      if (pieces.get(id).kind() == Kind.BYTE) {
        found.put(pieces.get(id).text(), id);
      }
    }
    int[] bytes = new int[256];
    for (int value = 0; value < bytes.length; value++) {
      String piece = Vocabulary.bytePiece(value);
      if (!found.containsKey(piece)) {
        throw new IllegalArgumentException("byte_fallback is set, but there is no piece " + piece);
      }
      bytes[value] = found.get(piece);
    }
    return bytes;
  }

  /**
   * Hands over the ids of a word's pieces; unknown characters as their bytes, or, without such
   * pieces, neighbouring ones as one unknown.
   */
  void cut(String word, IntConsumer use) {
    int length = word.length();
    double[] best = new double[length + 1];
    int[] start = new int[length + 1];
    int[] id = new int[length + 1];
    Arrays.fill(start, -1);
    for (int from = 0; from < length; from = word.offsetByCodePoints(from, 1)) {
      extend(word, from, best, start, id);
    }
    if (bytes.length > 0) {
      forwards(start, (from, end) -> spell(word, from, end, id[end], use));
    } else {
      forwards(start, id, use);
    }
  }

  /** Takes where a piece begins and ends. */
  @FunctionalInterface
  private interface Cut {
    void accept(int from, int end);
  }

  private static void forwards(int[] start, Cut use) {
    Deque<Integer> ends = new ArrayDeque<>();
    for (int end = start.length - 1; end > 0; end = start[end]) {
      ends.push(end);
    }
    ends.forEach(end -> use.accept(start[end], end));
  }

  private void spell(String word, int from, int end, int id, IntConsumer use) {
    if (id != Tokenizer.UNKNOWN) {
      use.accept(id);
      return;
    }
    for (byte part : word.substring(from, end).getBytes(StandardCharsets.UTF_8)) {
      use.accept(bytes[Byte.toUnsignedInt(part)]);
    }
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
