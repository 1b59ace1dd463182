package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.questions.mark.StemmedRougeL;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

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

    private DoubleStream counted() {
      return scores.stream().mapToDouble(Double::doubleValue).filter(score -> !Double.isNaN(score));
    }

    private static Mean of(
        List<Prediction> predictions,
        Predicate<Prediction> counts,
        ToDoubleFunction<Prediction> score) {
      return new Mean(
          predictions.parallelStream()
              .map(text -> counts.test(text) ? score.applyAsDouble(text) : Double.NaN)
              .toList());
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
    List<Prediction> counted = predictions.stream().filter(TextScores::hasBoth).toList();
    Iterator<Double> cosines = model.of(counted).iterator();
    return new Mean(
        predictions.stream().map(text -> hasBoth(text) ? cosines.next() : Double.NaN).toList());
  }

  private static boolean hasBoth(Prediction prediction) {
    return hasTarget(prediction) && !prediction.text().isEmpty();
  }

  private static boolean hasTarget(Prediction prediction) {
    return !prediction.target().isBlank();
  }
}
