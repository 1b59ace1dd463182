package dev.fusebox.questions.retrieve;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A passage as a vector, without a model: the sum of its words, each a direction drawn from its
 * letters, a word counting the less the more of the passages have it:
 *
 * <pre>
 * v = Σ ln(1 + N / n(w)) · r(w),   r(w) in {-1, +1} to the power V
 * </pre>
 *
 * N passages, n(w) of which have the word w. Scaled to a mean square of 1. A random projection of
 * the bag of words (Achlioptas 2003, doi 10.1016/S0022-0000(03)00025-4): passages that share rare
 * words lie near each other, those that share none at right angles, up to 1/√V.
 */
public final class PassageVector {

  private PassageVector() {}

  /**
   * The vector.
   *
   * @param index which has the passage, or else a word of it counts most
   * @param width V
   */
  public static float[] of(String passage, PassageIndex index, int width) throws IOException {
    double[] sum = new double[width];
    for (Map.Entry<String, Double> word : weights(passage, index).entrySet()) {
      add(sum, word.getKey(), word.getValue());
    }
    return scaled(sum);
  }

  /** Sorted, so that a sum is the same whatever the order of words. */
  private static SortedMap<String, Double> weights(String passage, PassageIndex index)
      throws IOException {
    SortedMap<String, Double> weights = new TreeMap<>();
    for (String word : index.words(passage)) {
      weights.put(word, Math.log1p((double) index.size() / Math.max(1, index.holders(word))));
    }
    return weights;
  }

  private static void add(double[] sum, String word, double weight) {
    SplittableRandom random = new SplittableRandom(seed(word));
    for (int i = 0; i < sum.length; i++) {
      sum[i] += random.nextBoolean() ? weight : -weight;
    }
  }

  /** FNV-1a of 64 bits: a String's own hash has equal ones among short words. */
  private static long seed(String word) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < word.length(); i++) {
      hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private static float[] scaled(double[] sum) {
    double squares = 0;
    for (double number : sum) {
      squares += number * number;
    }
    double scale = squares == 0 ? 0 : Math.sqrt(sum.length / squares);
    float[] vector = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      vector[i] = (float) (sum[i] * scale);
    }
    return vector;
  }
}
