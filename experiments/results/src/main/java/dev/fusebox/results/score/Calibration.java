package dev.fusebox.results.score;

import dev.fusebox.training.task.OptionProbabilities;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether a model is right as often as it says: answers in ten bins by the probability of the
 * option chosen (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 2).
 *
 * @param bins from 0 to 1, each 0.1 wide; one without answers is there too
 * @param answers how many there are
 */
public record Calibration(List<Bin> bins, int answers) {

  private static final int BINS = 10;

  /**
   * Answers whose probability is about the same.
   *
   * @param confidence their mean probability; 0 where there are none
   * @param accuracy the share that is right; 0 where there are none
   */
  public record Bin(int answers, double confidence, double accuracy) {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /** Of ranked options; the first of equals is the one chosen. */
  public static Calibration of(List<OptionProbabilities> options) {
    int[] counts = new int[BINS];
    double[] confidence = new double[BINS];
    int[] right = new int[BINS];
    for (OptionProbabilities each : options) {
      double highest = Collections.max(each.probabilities());
      int bin = Math.min(BINS - 1, (int) (highest * BINS));
      counts[bin]++;
      confidence[bin] += highest;
      right[bin] += each.probabilities().indexOf(highest) == each.right() ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      int count = Math.max(1, counts[bin]);
      bins.add(new Bin(counts[bin], confidence[bin] / count, (double) right[bin] / count));
    }
    return new Calibration(bins, options.size());
  }

  /** The expected calibration error: how far confidence and accuracy are apart, on average. */
  public double expectedError() {
    return bins.stream()
        .mapToDouble(
            bin -> (double) bin.answers() / answers * Math.abs(bin.accuracy() - bin.confidence()))
        .sum();
  }

  /** The mean probability of the options chosen. */
  public double confidence() {
    return bins.stream().mapToDouble(bin -> bin.answers() * bin.confidence()).sum() / answers;
  }

  /** The share of right answers. */
  public double accuracy() {
    return bins.stream().mapToDouble(bin -> bin.answers() * bin.accuracy()).sum() / answers;
  }
}
