package dev.fusebox.results.score;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Two variants on the same questions, each run with one or more seeds: the difference of their
 * accuracies, its interval, and whether it could be luck of the questions.
 *
 * <p>What is compared is, per question, the share of a variant's seeds that answer it rightly. The
 * seeds are taken as they are: the interval and the p-value say what other questions would have
 * given with these trained models; what other seeds would have given is the spread over seeds,
 * which stands beside it in every table. Where there are draws of training questions, each seed on
 * each draw is a run, and runs are to this what seeds are.
 */
public final class Paired {

  /** Per question, (share of right seeds in the first - in the second) × {@link #unit}. */
  private final int[] differences;

  private final int unit;

  private Paired(int[] differences, int unit) {
    this.differences = differences;
    this.unit = unit;
  }

  /**
   * Compares.
   *
   * @param first the runs of one variant, one for each seed
   * @param second the runs of its control; the number of seeds may differ
   */
  public static Paired of(List<Graded> first, List<Graded> second) {
    Graded any = first.get(0);
    first.forEach(run -> sameQuestions(any, run));
    second.forEach(run -> sameQuestions(any, run));
    int[] a = right(first);
    int[] b = right(second);
    int[] differences =
        IntStream.range(0, a.length).map(i -> a[i] * second.size() - b[i] * first.size()).toArray();
    return new Paired(differences, first.size() * second.size());
  }

  /**
   * Compares by figures of the questions, such as probabilities.
   *
   * @param differences the first's less the second's, one for each question
   * @param unit they are rounded to its inverse, as the exact test has to count: 1000 for a
   *     thousandth
   */
  public static Paired of(double[] differences, int unit) {
    int[] rounded =
        Arrays.stream(differences).mapToInt(each -> (int) Math.round(each * unit)).toArray();
    return new Paired(rounded, unit);
  }

  /** The accuracy of the first less that of the second, -1 to 1. */
  public double difference() {
    return (double) Arrays.stream(differences).asLongStream().sum() / unit / differences.length;
  }

  /** What difference these questions can show. */
  public Power power() {
    double mean = difference();
    double squares =
        Arrays.stream(differences)
            .mapToDouble(each -> Math.pow((double) each / unit - mean, 2))
            .sum();
    return new Power(Math.sqrt(squares / differences.length), differences.length);
  }

  /**
   * The interval of the difference by {@link Bootstrap}.
   *
   * @param level for example 0.95
   * @param seed the same seed gives the same interval
   */
  public Interval bootstrap(double level, long seed) {
    double[] values = Arrays.stream(differences).asDoubleStream().toArray();
    return Bootstrap.mean(values, level, seed).times(1.0 / unit);
  }

  /**
   * The exact two-sided p-value of the sign-flip test: if the two variants were the same, each
   * question's difference could as well have had the other sign. The distribution of the sum over
   * all 2ⁿ flips is computed, not sampled. With one seed each this is {@link McNemar}'s exact test;
   * with several it uses all of them and still counts each question once.
   */
  public double p() {
    long observed = Math.abs(Arrays.stream(differences).asLongStream().sum());
    double[] sums = flipped();
    double tail = 0;
    for (int i = 0; i < sums.length; i++) {
      tail += Math.abs(2L * i - (sums.length - 1)) >= observed ? sums[i] : 0;
    }
    return Math.min(1, tail);
  }

  /**
   * Probability of each sum -S, -S + 2, …, S of randomly signed differences; S: all of one sign.
   */
  private double[] flipped() {
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (int difference : differences) {
      if (difference != 0) {
        sizes.merge(Math.abs(difference), 1, Integer::sum);
      }
    }
    double[] sums = {1};
    for (Map.Entry<Integer, Integer> size : sizes.entrySet()) {
      sums = convolve(sums, size.getKey(), size.getValue());
    }
    return sums;
  }

  /** Adds {@code count} differences of one size, of which a binomial number is positive. */
  private static double[] convolve(double[] sums, int size, int count) {
    BinomialDistribution positive = BinomialDistribution.of(count, 0.5);
    double[] wider = new double[sums.length + size * count];
    for (int k = 0; k <= count; k++) {
      double weight = positive.probability(k);
      for (int i = 0; i < sums.length && weight > 0; i++) {
        wider[i + k * size] += weight * sums[i];
      }
    }
    return wider;
  }

  private static int[] right(List<Graded> runs) {
    int[] right = new int[runs.get(0).questions().size()];
    for (Graded run : runs) {
      for (int i = 0; i < right.length; i++) {
        right[i] += run.correct().get(i) ? 1 : 0;
      }
    }
    return right;
  }

  static void sameQuestions(Graded first, Graded second) {
    List<String> a = ids(first);
    List<String> b = ids(second);
    if (!a.equals(b)) {
      throw new IllegalArgumentException(
          "paired runs must answer the same questions in the same order, found "
              + a.size()
              + " and "
              + b.size()
              + " questions, of which "
              + shared(a, b)
              + " are shared");
    }
  }

  private static List<String> ids(Graded graded) {
    return graded.questions().stream().map(Question::id).toList();
  }

  private static int shared(List<String> a, List<String> b) {
    List<String> both = new ArrayList<>(a);
    both.retainAll(new HashSet<>(b));
    return both.size();
  }
}
