package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.Proportion;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How near written texts are to their targets, on average.
 *
 * @param n how many texts there are
 * @param means by metric; one that needs a model has none without it
 */
public record TextScores(int n, Map<TextMetric, Mean> means) {

  private static final double LEVEL = 0.95;
  private static final long SEED = 1;

  public TextScores {
    means = Collections.unmodifiableMap(new EnumMap<>(means));
  }

  /**
   * A mean of the texts' scores.
   *
   * @param scores one for each text, 0 to 1, of a similarity from -1; NaN of a text left out
   */
  public record Mean(List<Double> scores) {

    public Mean {
      scores = List.copyOf(scores);
    }

    /** The mean; NaN over nothing. */
    public double value() {
      return counted().average().orElse(Double.NaN);
    }

    /** How many texts it is over. */
    public int n() {
      return (int) counted().count();
    }

    /** Of a {@linkplain TextMetric#isShare share}: how many score 1. */
    public Proportion share() {
      return new Proportion((int) counted().sum(), n());
    }

    private DoubleStream counted() {
      return scores.stream().mapToDouble(Double::doubleValue).filter(score -> !Double.isNaN(score));
    }
  }

  /** Scores what a stage wrote. */
  public static TextScores of(List<Prediction> predictions) {
    return of(predictions, Optional.empty());
  }

  /** Scores what a stage wrote, its meaning too where there is a model for that. */
  public static TextScores of(
      List<Prediction> predictions, Optional<SentenceSimilarity> similarity) {
    Map<TextMetric, Mean> means = new EnumMap<>(TextMetric.class);
    for (TextMetric metric : TextMetric.values()) {
      metric
          .scores(predictions, similarity)
          .ifPresent(scores -> means.put(metric, new Mean(scores)));
    }
    return new TextScores(predictions.size(), means);
  }

  /** A metric's mean; empty if the model for it was not there. */
  public Optional<Mean> find(TextMetric metric) {
    return Optional.ofNullable(means.get(metric));
  }

  /** A metric's mean; over nothing if the model for it was not there. */
  public Mean mean(TextMetric metric) {
    return find(metric).orElse(new Mean(List.of()));
  }

  /** In percent; NaN over nothing. */
  public double percent(TextMetric metric) {
    return 100 * mean(metric).value();
  }

  /**
   * What other questions would have given, in percent: Wilson's of a share, a bootstrap over the
   * questions of another mean; empty over nothing.
   *
   * @param seeds scores of the same questions, at least one
   */
  public static Optional<Interval> interval(TextMetric metric, List<TextScores> seeds) {
    List<Mean> means = seeds.stream().map(seed -> seed.mean(metric)).toList();
    return metric.isShare() ? wilson(means) : bootstrap(means);
  }

  /** A question counts once, however many seeds wrote for it. */
  private static Optional<Interval> bootstrap(List<Mean> seeds) {
    double[] questions =
        IntStream.range(0, seeds.get(0).scores().size())
            .mapToDouble(i -> over(seeds, i))
            .filter(score -> !Double.isNaN(score))
            .toArray();
    return questions.length == 0
        ? Optional.empty()
        : Optional.of(Bootstrap.mean(questions, LEVEL, SEED).times(100));
  }

  private static double over(List<Mean> seeds, int question) {
    return new Mean(seeds.stream().map(seed -> seed.scores().get(question)).toList()).value();
  }

  private static Optional<Interval> wilson(List<Mean> seeds) {
    int n = seeds.get(0).n();
    double share = seeds.stream().mapToDouble(Mean::value).average().orElseThrow();
    return n == 0 ? Optional.empty() : Optional.of(Interval.wilson(share, n, LEVEL).times(100));
  }
}
