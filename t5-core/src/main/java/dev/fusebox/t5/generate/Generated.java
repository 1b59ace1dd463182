package dev.fusebox.t5.generate;

import java.util.List;

/**
 * A sentence that was written.
 *
 * @param tokens without the decoder's start token; ends with the end token if the sentence ended
 *     before the limit
 * @param score the log of the probability that the model gave the tokens, in beam search divided by
 *     the length penalty; greedy writing compares scores without computing all, so there it is not
 *     a number (sampling with {@code topK = 1} writes the same and knows it)
 */
public record Generated(List<Integer> tokens, double score) {

  public Generated {
    tokens = List.copyOf(tokens);
  }

  /** The tokens as an array. */
  public int[] toArray() {
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }
}
