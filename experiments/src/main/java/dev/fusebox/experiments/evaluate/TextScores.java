package dev.fusebox.experiments.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How near written texts are to their targets, on average; higher is nearer.
 *
 * @param bleu1 of the texts whose target is not empty
 * @param bleu4 of the same
 * @param rougeL {@link SetRougeL}, mm-cot's final score: empty texts and empty targets are left out
 * @param rougeLStemmed {@link StemmedRougeL}, over all texts
 * @param similarity {@link SentenceSimilarity}, over the texts that {@code rougeL} is over; empty
 *     if no model was given
 * @param exact how many texts are their target, word for word
 */
public record TextScores(
    Mean bleu1,
    Mean bleu4,
    Mean rougeL,
    Mean rougeLStemmed,
    Optional<Mean> similarity,
    Proportion exact) {

  /**
   * A mean and what it is over.
   *
   * @param value 0 to 1, of a similarity from -1; NaN over nothing
   * @param n how many texts it is over
   */
  public record Mean(double value, int n) {

    private static Mean of(
        List<Prediction> predictions,
        Predicate<Prediction> counts,
        ToDoubleFunction<Prediction> score) {
      List<Prediction> counted = predictions.stream().filter(counts).toList();
      double mean = counted.parallelStream().mapToDouble(score).average().orElse(Double.NaN);
      return new Mean(mean, counted.size());
    }
  }

  /** Scores what a stage wrote. */
  public static TextScores of(List<Prediction> predictions) {
    return of(predictions, Optional.empty());
  }

  /** Scores what a stage wrote, its meaning too where there is a model for that. */
  public static TextScores of(
      List<Prediction> predictions, Optional<SentenceSimilarity> similarity) {
    int exact = (int) predictions.stream().filter(Prediction::asWanted).count();
    return new TextScores(
        Mean.of(predictions, TextScores::hasTarget, p -> Bleu.score(p.text(), p.target(), 1)),
        Mean.of(predictions, TextScores::hasTarget, p -> Bleu.score(p.text(), p.target(), 4)),
        Mean.of(predictions, TextScores::hasBoth, p -> SetRougeL.f(p.text(), p.target().strip())),
        Mean.of(predictions, p -> true, p -> StemmedRougeL.f(p.text(), p.target())),
        similarity.map(model -> meaning(predictions, model)),
        new Proportion(exact, predictions.size()));
  }

  private static Mean meaning(List<Prediction> predictions, SentenceSimilarity model) {
    List<Double> cosines = model.of(predictions.stream().filter(TextScores::hasBoth).toList());
    double mean = cosines.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    return new Mean(mean, cosines.size());
  }

  private static boolean hasBoth(Prediction prediction) {
    return hasTarget(prediction) && !prediction.text().isEmpty();
  }

  private static boolean hasTarget(Prediction prediction) {
    return !prediction.target().isBlank();
  }
}
