package dev.fusebox.results.fusing;

import dev.fusebox.questions.mark.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The figures of a variant over its seeds, with what other questions would have given.
 *
 * @param questions of each, its figures averaged over the seeds
 */
public record FusingScores(List<FusingFigures> questions) {

  private static final int RESAMPLES = 2000;
  private static final double TAIL = 0.025;
  private static final long SEED = 1;

  public FusingScores {
    questions = List.copyOf(questions);
    if (questions.isEmpty()) {
      throw new IllegalArgumentException("figures need at least one crossed question");
    }
  }

  /**
   * Of runs that crossed the same questions.
   *
   * @param seeds at least one
   */
  public static FusingScores of(List<CrossedAnswers> seeds) {
    List<List<FusingFigures>> runs = seeds.stream().map(CrossedAnswers::questions).toList();
    return new FusingScores(
        IntStream.range(0, runs.get(0).size())
            .mapToObj(i -> FusingFigures.mean(runs.stream().map(run -> run.get(i)).toList()))
            .toList());
  }

  /** How many questions were crossed. */
  public int n() {
    return questions.size();
  }

  /** A figure; NaN where it is a share of nothing. */
  public double value(FusingMetric metric) {
    return metric.of(FusingFigures.mean(questions));
  }

  /**
   * Percentile intervals of 95% over resampled questions; the texts and pictures that each is
   * crossed with stay what they are. None of a metric that has no value in some of the samples.
   */
  public Map<FusingMetric, Optional<Interval>> intervals() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<FusingFigures> means = new ArrayList<>();
    for (int i = 0; i < RESAMPLES; i++) {
      means.add(FusingFigures.mean(random.ints(n(), 0, n()).mapToObj(questions::get).toList()));
    }
    Map<FusingMetric, Optional<Interval>> intervals = new EnumMap<>(FusingMetric.class);
    for (FusingMetric metric : FusingMetric.values()) {
      intervals.put(metric, middle(means.stream().mapToDouble(metric::of).toArray()));
    }
    return intervals;
  }

  private static Optional<Interval> middle(double[] values) {
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      return Optional.empty();
    }
    Arrays.sort(values);
    int tail = (int) (TAIL * values.length);
    return Optional.of(new Interval(values[tail], values[values.length - 1 - tail]));
  }
}
