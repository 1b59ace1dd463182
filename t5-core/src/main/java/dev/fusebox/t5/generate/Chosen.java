package dev.fusebox.t5.generate;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** The next token of each row. */
final class Chosen {

  private final long[] tokens;
  private final double[] logProbabilities; // none: nobody asked

  private Chosen(long[] tokens, double[] logProbabilities) {
    this.tokens = tokens;
    this.logProbabilities = logProbabilities;
  }

  /** Of int64 (R): tokens alone. */
  static Chosen tokens(NDArray tokens) {
    return new Chosen(tokens.toLongArray(), new double[0]);
  }

  /** Of float64 (2, R): tokens, and the log of the probability of each. */
  static Chosen withLogProbabilities(NDArray both) {
    double[] all = both.toDoubleArray();
    int rows = all.length / 2;
    long[] tokens = Arrays.stream(all, 0, rows).mapToLong(token -> (long) token).toArray();
    return new Chosen(tokens, Arrays.copyOfRange(all, rows, all.length));
  }

  int token(int row) {
    return (int) tokens[row];
  }

  /** The log of the probability that the model gives the token; not a number if nobody asked. */
  double logProbability(int row) {
    return logProbabilities.length == 0 ? Double.NaN : logProbabilities[row];
  }
}
