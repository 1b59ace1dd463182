package dev.fusebox.results.report;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Bootstrap;
import dev.fusebox.results.score.TextScores;
import dev.fusebox.results.score.TextScores.Mean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A figure of written texts as tables show it.
 *
 * @param heading of its column
 * @param percent the figure; NaN over nothing
 * @param interval what other questions would have given, in percent, from the texts of every seed;
 *     empty over nothing
 */
record TextFigure(
    String heading,
    ToDoubleFunction<TextScores> percent,
    Function<List<TextScores>, Optional<Interval>> interval) {

  private static final double LEVEL = 0.95;
  private static final long SEED = 1;

  /** What stands below tables of texts; the last sentence where similarity is shown. */
  static String note(boolean similarity) {
    return "rouge: distinct words, as mm-cot's final scores; rouge_score: stemmed, as its"
        + " evaluation loop and the paper's column"
        + (similarity
            ? "; similarity: cosine of sentence embeddings, as mm-cot's final scores"
            : "");
  }

  /** All of them. */
  static List<TextFigure> all(boolean similarity) {
    List<TextFigure> figures =
        new ArrayList<>(
            List.of(
                mean("BLEU-1", TextScores::bleu1),
                mean("BLEU-4", TextScores::bleu4),
                mean("ROUGE-L rouge", TextScores::rougeL),
                mean("ROUGE-L rouge_score", TextScores::rougeLStemmed)));
    if (similarity) {
      figures.add(mean("similarity", texts -> texts.similarity().orElse(new Mean(List.of()))));
    }
    figures.add(new TextFigure("exact", texts -> texts.exact().percent(), TextFigure::wilson));
    return figures;
  }

  private static TextFigure mean(String heading, Function<TextScores, Mean> mean) {
    return new TextFigure(
        heading,
        texts -> 100 * mean.apply(texts).value(),
        seeds -> bootstrap(seeds.stream().map(mean).toList()));
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

  private static Optional<Interval> wilson(List<TextScores> seeds) {
    int n = seeds.get(0).exact().n();
    double share = seeds.stream().mapToDouble(seed -> seed.exact().value()).average().orElseThrow();
    return n == 0 ? Optional.empty() : Optional.of(Interval.wilson(share, n, LEVEL).times(100));
  }
}
