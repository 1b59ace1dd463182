package dev.fusebox.benchmarks;

import dev.fusebox.t5.tokenize.WordTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Texts of words that mean nothing.
 *
 * @param words of the vocabulary
 */
public record RandomTexts(int words) {

  private static final int FIRST = 3; // after padding, end and unknown

  /** Writes a tokenizer that knows the words, and returns its file. */
  public Path tokenizer(Path folder) throws IOException {
    WordTokenizer.learn(IntStream.range(0, words).mapToObj(RandomTexts::word), 1).save(folder);
    return folder.resolve(WordTokenizer.FILE);
  }

  /** Letters alone, for a number is more than one token. */
  private static String word(int number) {
    StringBuilder word = new StringBuilder("w");
    for (int rest = number, i = 0; i < 4; i++, rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }

  /** So many tokens, without an end mark. */
  public int[] tokens(Random random, int length) {
    return random.ints(length, FIRST, words).toArray();
  }
}
