package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Graded;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What makes accuracies of one experiment differ, as variances in squared points: another variant,
 * another draw of training questions, another seed, other test questions. All variants have the
 * same draws, so the first three are the components of a balanced crossed random model, variants by
 * draws with seeds in each cell (Searle, Casella and McCulloch 1992, section 4.4). Of the cells'
 * means, each over S seeds, for V variants and D draws, with the residuals' mean square r = sum of
 * (y(vd) - y(v.) - y(.d) + y(..))^2 / ((V - 1)(D - 1)):
 *
 * <pre>
 *   seed            = mean variance within a cell
 *   draw by variant = r - seed / S
 *   draw            = variance of y(.d) - r / V
 *   variant         = variance of y(v.) - r / D
 * </pre>
 *
 * and without draws the one-way model of variants and seeds. Of questions, that of a mean over so
 * many of them. What is below 0 is 0.
 *
 * @param variant between variants, beyond what draws and seeds alone would do
 * @param draw what a draw of the training questions does to all variants alike; 0 without draws
 * @param drawByVariant what a draw does to one variant more than to another, beyond what seeds
 *     alone would do; where each draw has one seed, together with that; 0 without draws
 * @param seed between seeds, which all answer the same questions; 0 where each draw has one
 * @param questions between draws of as many test questions
 */
public record VarianceParts(
    double variant, double draw, double drawByVariant, double seed, double questions) {

  /**
   * The parts.
   *
   * @param variants of each the draws, the same in the same order for all, and of each of those the
   *     marked runs of its seeds; one draw where there are none
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
    double seed = seeds < 2 ? 0 : average(cells, VarianceParts::between);
    double questions =
        average(cells.stream().flatMap(List::stream).toList(), VarianceParts::overQuestions);
    double ofVariants = variance(variants.stream().mapToDouble(VarianceParts::meanOfAll).toArray());
    return Optional.of(
        draws < 2
            ? new VarianceParts(Math.max(0, ofVariants - seed / seeds), 0, 0, seed, questions)
            : crossed(variants, ofVariants, seed, seed / Math.max(1, seeds), questions));
  }

  private static VarianceParts crossed(
      List<List<List<Graded>>> variants,
      double ofVariants,
      double seed,
      double ofCellMean,
      double questions) {
    int draws = variants.get(0).size();
    double[] byDraw =
        IntStream.range(0, draws)
            .mapToDouble(d -> average(variants, variant -> mean(variant.get(d))))
            .toArray();
    double residual = residual(variants, byDraw);
    return new VarianceParts(
        Math.max(0, ofVariants - residual / draws),
        Math.max(0, variance(byDraw) - residual / variants.size()),
        Math.max(0, residual - ofCellMean),
        seed,
        questions);
  }

  /** What neither a variant nor a draw accounts for, as a mean square. */
  private static double residual(List<List<List<Graded>>> variants, double[] byDraw) {
    double all = Arrays.stream(byDraw).average().orElseThrow();
    double sum = 0;
    for (List<List<Graded>> variant : variants) {
      double own = meanOfAll(variant);
      for (int d = 0; d < byDraw.length; d++) {
        double left = mean(variant.get(d)) - own - byDraw[d] + all;
        sum += left * left;
      }
    }
    return sum / ((variants.size() - 1) * (byDraw.length - 1));
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
    return variant + draw + drawByVariant + seed + questions;
  }
}
