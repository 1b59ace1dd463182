package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.generate.Generated;
import java.util.List;

/** Writing token by token from a cache, against reading the whole at once. */
final class Writing {

  private static final double CLOSE = 1e-4;

  private Writing() {}

  /**
   * Asserts that each first sentence has the probability that the model gives it when it reads it.
   *
   * @param lengthPenalty by which power of the length the scores were divided
   */
  static void assertWouldRead(
      FusedModel fused, FusedOutput read, List<List<Generated>> written, double lengthPenalty) {
    int longest = written.stream().mapToInt(each -> each.get(0).tokens().size()).max().orElse(0);
    NDArray probabilities = logProbabilities(fused, read, written, longest);
    for (int row = 0; row < written.size(); row++) {
      Generated sentence = written.get(row).get(0);
      double sum = 0;
      for (int i = 0; i < sentence.tokens().size(); i++) {
        sum += probabilities.getFloat(row, i, sentence.tokens().get(i));
      }
      assertThat(sentence.score())
          .as("score of the sentence " + sentence.tokens())
          .isCloseTo(sum / Math.pow(sentence.tokens().size(), lengthPenalty), within(CLOSE));
    }
  }

  /** Asserts that two ways of writing came to the same sentences. */
  static void assertSameTokens(List<List<Generated>> written, List<List<Generated>> expected) {
    assertThat(tokens(written)).as("written greedily").isEqualTo(tokens(expected));
  }

  private static List<List<Integer>> tokens(List<List<Generated>> written) {
    return written.stream().flatMap(List::stream).map(Generated::tokens).toList();
  }

  /** (B, longest, vocabulary). */
  private static NDArray logProbabilities(
      FusedModel fused, FusedOutput read, List<List<Generated>> written, int longest) {
    long[] ids = new long[written.size() * longest];
    for (int row = 0; row < written.size(); row++) {
      List<Integer> tokens = written.get(row).get(0).tokens();
      for (int i = 0; i + 1 < Math.min(longest, tokens.size() + 1); i++) {
        ids[row * longest + i + 1] = tokens.get(i);
      }
    }
    NDArray targets = read.logits().getManager().create(ids, new Shape(written.size(), longest));
    NDArray hidden = fused.model().decode(targets, read.encoded(), read.pass(), Mode.INFERENCE);
    return fused.model().logits(hidden, read.pass()).logSoftmax(-1);
  }
}
