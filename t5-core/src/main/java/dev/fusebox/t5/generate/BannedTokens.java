package dev.fusebox.t5.generate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tokens that may not come next, as Hugging Face's processors {@code no_repeat_ngram_size} and
 * {@code min_new_tokens} find them.
 *
 * @param vocabulary V
 * @param endId the end token
 * @param minNewTokens the end token may not come before so many others
 * @param ngram no sequence of so many tokens, the start token included, may occur twice; 0: any may
 */
record BannedTokens(int vocabulary, int endId, int minNewTokens, int ngram) {

  /** Places in the flattened scores (R, V). */
  long[] places(List<Sentence> rows) {
    return IntStream.range(0, rows.size())
        .boxed()
        .flatMapToLong(row -> tokens(rows.get(row)).mapToLong(t -> (long) row * vocabulary + t))
        .toArray();
  }

  /** The tokens that may not follow {@code sentence}. */
  IntStream tokens(Sentence sentence) {
    IntStream repeating = ngram == 0 ? IntStream.empty() : repeating(sentence.tokens());
    return sentence.length() < minNewTokens
        ? IntStream.concat(IntStream.of(endId), repeating)
        : repeating;
  }

  private IntStream repeating(int[] tokens) {
    int known = ngram - 1; // tokens of the n-gram that are there already
    int end = tokens.length;
    return IntStream.range(0, Math.max(0, end - known))
        .filter(i -> Arrays.equals(tokens, i, i + known, tokens, end - known, end))
        .map(i -> tokens[i + known]);
  }
}
