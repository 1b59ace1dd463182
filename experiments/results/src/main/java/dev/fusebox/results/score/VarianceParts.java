package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Graded;
import java.util.List;
import java.util.Optional;

/**
 * What makes accuracies of one experiment differ, as variances in squared points: another variant,
 * another seed, other test questions. Of variants and seeds, the components of a one-way random
 * model, estimated from its mean squares (Searle, Casella and McCulloch 1992, section 3.5); of
 * questions, that of a mean over so many of them. What is below 0 is 0.
 *
 * @param variant between variants, beyond what seeds alone would do
 * @param seed between seeds of a variant, which all answer the same questions
 * @param questions between draws of as many test questions
 */
public record VarianceParts(double variant, double seed, double questions) {

  /**
   * The parts.
   *
   * @param variants of each the marked runs of its seeds
   * @return empty unless there are two variants at least, each with as many seeds, and those two at
   *     least
   */
  public static Optional<VarianceParts> of(List<List<Graded>> variants) {
    int seeds = variants.isEmpty() ? 0 : variants.get(0).size();
    boolean even = variants.stream().allMatch(runs -> runs.size() == seeds);
    if (variants.size() < 2 || seeds < 2 || !even) {
      return Optional.empty();
    }
    double within = variants.stream().mapToDouble(VarianceParts::overSeeds).average().orElseThrow();
    double between = variance(variants.stream().mapToDouble(VarianceParts::mean).toArray());
    return Optional.of(
        new VarianceParts(
            Math.max(0, between - within / seeds),
            within,
            variants.stream()
                .flatMap(List::stream)
                .mapToDouble(VarianceParts::overQuestions)
                .average()
                .orElseThrow()));
  }

  private static double mean(List<Graded> runs) {
    return runs.stream().mapToDouble(run -> run.average().percent()).average().orElseThrow();
  }

  private static double overSeeds(List<Graded> runs) {
    return variance(runs.stream().mapToDouble(run -> run.average().percent()).toArray());
  }

  /** p (100 - p) / (n - 1): unbiased. */
  private static double overQuestions(Graded run) {
    double percent = run.average().percent();
    return percent * (100 - percent) / Math.max(1, run.questions().size() - 1);
  }

  private static double variance(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  /** All of it. */
  public double total() {
    return variant + seed + questions;
  }
}
