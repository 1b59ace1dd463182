package dev.fusebox.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two ways of the same work, repetition by repetition in turns, each first every other time: what
 * else the machine does then falls on both.
 *
 * @param name what is done
 * @param first seconds of each repetition
 * @param second seconds of each repetition
 */
record Pairs(String name, List<Double> first, List<Double> second) {

  private static final int WARM_UP = 5;

  /** Measures {@code rounds × steps} pairs, after some that do not count. */
  static Pairs measure(String name, BenchmarkSettings settings, Runnable first, Runnable second) {
    List<Double> firsts = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (int i = -WARM_UP; i < settings.rounds() * settings.steps(); i++) {
      boolean swapped = i % 2 != 0;
      double one = seconds(swapped ? second : first);
      double other = seconds(swapped ? first : second);
      if (i >= 0) {
        firsts.add(swapped ? other : one);
        seconds.add(swapped ? one : other);
      }
    }
    return new Pairs(name, firsts, seconds);
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  static String heading() {
    return String.format(
        Locale.ROOT,
        "%-44s %12s %12s %8s  %s",
        "",
        "with hooks",
        "without",
        "ratio",
        "quarter - three quarters of the pairs");
  }

  @Override
  public String toString() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      ratios.add(first.get(i) / second.get(i));
    }
    List<Double> sorted = ratios.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%-44s %9.2f ms %9.2f ms %7.3fx  %.3f - %.3f   n = %d",
        name,
        1e3 * Comparison.median(first),
        1e3 * Comparison.median(second),
        Comparison.median(ratios),
        sorted.get(sorted.size() / 4),
        sorted.get(3 * (sorted.size() - 1) / 4),
        sorted.size());
  }
}
