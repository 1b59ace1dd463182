package dev.fusebox.t5.generate;

import java.util.Objects;

/**
 * What is to be written.
 *
 * @param maxNewTokens the limit, the end token included
 * @param minNewTokens the end token may not come before so many others
 * @param noRepeatNgram no sequence of so many tokens may occur twice; 0: any may
 * @param decoding how the next token is chosen
 */
public record GenerationConfig(
    int maxNewTokens, int minNewTokens, int noRepeatNgram, Decoding decoding) {

  public GenerationConfig {
    Objects.requireNonNull(decoding, "decoding");
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens must be at least 1, found " + maxNewTokens);
    }
    if (minNewTokens < 0 || minNewTokens > maxNewTokens) {
      throw new IllegalArgumentException(
          "minNewTokens must be between 0 and maxNewTokens = "
              + maxNewTokens
              + ", found "
              + minNewTokens);
    }
    if (noRepeatNgram < 0) {
      throw new IllegalArgumentException(
          "noRepeatNgram must be 0 (off) or more, found " + noRepeatNgram);
    }
  }

  /** The likeliest token, up to {@code maxNewTokens} times. */
  public static GenerationConfig greedy(int maxNewTokens) {
    return new GenerationConfig(maxNewTokens, 0, 0, new Decoding.Greedy());
  }
}
