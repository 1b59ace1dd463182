package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Graded;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What makes accuracies of one experiment differ, as variances in squared points: another variant,
 * another draw of training questions, another seed, other test questions. Of the first three, the
 * components of a balanced nested random model, seeds within draws within variants, estimated from
 * its mean squares (Searle, Casella and McCulloch 1992, section 3.5 and chapter 4): with S seeds on
 * each of D draws of each variant
 *
 * <pre>
 *   seed    = MS(seed)
 *   draw    = (MS(draw) - MS(seed)) / S
 *   variant = (MS(variant) - MS(draw)) / (D S)
 * </pre>
 *
 * and without draws the one-way model of variants and seeds. Of questions, that of a mean over so
 * many of them. What is below 0 is 0.
 *
 * <p>The model takes each variant's draws for its own. In an experiment all variants have the same
 * ones: what a draw does to all variants alike counts as the draw's, and {@code variant} comes out
 * lower by that over D than it is.
 *
 * @param variant between variants, beyond what draws and seeds alone would do
 * @param draw between draws of the training questions, beyond what seeds alone would do; where each
 *     has one seed, between draws and seeds together; 0 without draws
 * @param seed between seeds, which all answer the same questions; 0 where each draw has one
 * @param questions between draws of as many test questions
 */
public record VarianceParts(double variant, double draw, double seed, double questions) {

  /**
   * The parts.
   *
   * @param variants of each the draws, of each of those the marked runs of its seeds; one draw
   *     where there are none
   * @return empty unless there are two variants at least, each with as many draws with as many
   *     seeds, and two runs at least
   */
  public static Optional<VarianceParts> of(List<List<List<Graded>>> variants) {
    List<List<Graded>> cells = variants.stream().flatMap(List::stream).toList();
    int draws = variants.isEmpty() ? 0 : variants.get(0).size();
    int seeds = cells.isEmpty() ? 0 : cells.get(0).size();
    boolean even =
        variants.stream().allMatch(each -> each.size() == draws)
            && cells.stream().allMatch(each -> each.size() == seeds);
    if (variants.size() < 2 || draws * seeds < 2 || !even) {
      return Optional.empty();
    }
    double ofSeeds = seeds < 2 ? 0 : average(cells, VarianceParts::between);
    double ofDraws = draws < 2 ? 0 : average(variants, VarianceParts::betweenDraws);
    double ofVariants = variance(variants.stream().mapToDouble(VarianceParts::meanOfAll).toArray());
    double below = draws < 2 ? ofSeeds / seeds : ofDraws / draws;
    return Optional.of(
        new VarianceParts(
            Math.max(0, ofVariants - below),
            Math.max(0, ofDraws - ofSeeds / seeds),
            ofSeeds,
            average(cells.stream().flatMap(List::stream).toList(), VarianceParts::overQuestions)));
  }

  private static <T> double average(List<T> each, ToDoubleFunction<T> figure) {
    return each.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static double percent(Graded run) {
    return run.average().percent();
  }

  private static double mean(List<Graded> runs) {
    return average(runs, VarianceParts::percent);
  }

  private static double meanOfAll(List<List<Graded>> draws) {
    return mean(draws.stream().flatMap(List::stream).toList());
  }

  /** Of the seeds of a draw. */
  private static double between(List<Graded> runs) {
    return variance(runs.stream().mapToDouble(VarianceParts::percent).toArray());
  }

  /** Of the means of a variant's draws. */
  private static double betweenDraws(List<List<Graded>> draws) {
    return variance(draws.stream().mapToDouble(VarianceParts::mean).toArray());
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
    return variant + draw + seed + questions;
  }
}
