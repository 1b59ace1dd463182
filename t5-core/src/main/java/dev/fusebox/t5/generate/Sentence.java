package dev.fusebox.t5.generate;

import java.util.Arrays;
import java.util.List;

/** The beginning of a sentence. Never changes. */
final class Sentence {

  private final int[] tokens;
  private final double sum;

  /**
   * A beginning.
   *
   * @param tokens the decoder's start token and what was written so far
   * @param sum of the log probabilities
   */
  private Sentence(int[] tokens, double sum) {
    this.tokens = tokens;
    this.sum = sum;
  }

  /** Nothing written yet. */
  static Sentence start(int startId, double sum) {
    return new Sentence(new int[] {startId}, sum);
  }

  /** The start token and what was written so far; not to be changed. */
  int[] tokens() {
    return tokens;
  }

  /** The sum of the log probabilities. */
  double sum() {
    return sum;
  }

  /** How many tokens were written. */
  int length() {
    return tokens.length - 1;
  }

  int last() {
    return tokens[tokens.length - 1];
  }

  /** This beginning and one more token. */
  Sentence with(int token, double newSum) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return new Sentence(longer, newSum);
  }

  /** What was written, without the start token. */
  List<Integer> written() {
    return Arrays.stream(tokens).skip(1).boxed().toList();
  }
}
