package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.StemmedRougeL;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way to say how near written texts are to their targets; higher is nearer. The order is that of
 * every table's columns. A new one is a constant here, with a class that computes it.
 */
public enum TextMetric {
  /** Of the texts whose target is not empty. */
  BLEU_1(
      "BLEU-1", "bleu1", "", each(TextMetric::hasTarget, p -> Bleu.score(p.text(), p.target(), 1))),
  /** Of the same. */
  BLEU_4(
      "BLEU-4", "bleu4", "", each(TextMetric::hasTarget, p -> Bleu.score(p.text(), p.target(), 4))),
  /** {@link SetRougeL}, mm-cot's final score: empty texts and empty targets are left out. */
  ROUGE_L(
      "ROUGE-L rouge",
      "rouge_l",
      "rouge: distinct words, as mm-cot's final scores",
      each(TextMetric::hasBoth, p -> SetRougeL.f(p.text(), p.target().strip()))),
  /** {@link StemmedRougeL}, over all texts. */
  ROUGE_L_STEMMED(
      "ROUGE-L rouge_score",
      "rouge_score_rougeL_stemmed",
      "rouge_score: stemmed, as its evaluation loop and the paper's column",
      each(p -> true, p -> StemmedRougeL.f(p.text(), p.target()))),
  /** {@link SentenceSimilarity}, over the texts that {@link #ROUGE_L} is over; needs a model. */
  SIMILARITY(
      "similarity",
      "sentence_similarity",
      "similarity: cosine of sentence embeddings, as mm-cot's final scores",
      (predictions, model) -> model.map(given -> similarity(predictions, given))),
  /** Which texts are their target, word for word: a share of them. */
  EXACT("exact", "exact", "", each(p -> true, p -> p.asWanted() ? 1 : 0)) {
    @Override
    public boolean isShare() {
      return true;
    }
  };

  private final String heading;
  private final String key;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Scorer scorer;

  TextMetric(String heading, String key, String meaning, Scorer scorer) {
    this.heading = heading;
    this.key = key;
    this.meaning = meaning;
    this.scorer = scorer;
  }

  /** Scores texts one by one. */
  private interface Scorer {
    Optional<List<Double>> score(
        List<Prediction> predictions, Optional<SentenceSimilarity> similarity);
  }

  /** Of its column in a table. */
  public String heading() {
    return heading;
  }

  /** Its name for programs. */
  public String key() {
    return key;
  }

  /** Whether it counts texts, each of which scores 0 or 1. */
  public boolean isShare() {
    return false;
  }

  /**
   * A score for each text, 0 to 1, of a similarity from -1; NaN of a text left out. Empty if this
   * metric needs a model that is not there.
   */
  Optional<List<Double>> scores(
      List<Prediction> predictions, Optional<SentenceSimilarity> similarity) {
    return scorer.score(predictions, similarity);
  }

  /** What stands below a table with these columns. */
  public static String note(List<TextMetric> shown) {
    return shown.stream()
        .map(metric -> metric.meaning)
        .filter(meaning -> !meaning.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Those that one of the given has, in the order of columns. */
  public static List<TextMetric> of(Stream<TextScores> scores) {
    List<TextScores> all = scores.toList();
    return Arrays.stream(values())
        .filter(metric -> all.stream().anyMatch(each -> each.find(metric).isPresent()))
        .toList();
  }

  private static Scorer each(Predicate<Prediction> counts, ToDoubleFunction<Prediction> score) {
    return (predictions, similarity) ->
        Optional.of(
            predictions.parallelStream()
                .map(text -> counts.test(text) ? score.applyAsDouble(text) : Double.NaN)
                .toList());
  }

  private static List<Double> similarity(List<Prediction> predictions, SentenceSimilarity model) {
    List<Prediction> counted = predictions.stream().filter(TextMetric::hasBoth).toList();
    Iterator<Double> cosines = model.of(counted).iterator();
    return predictions.stream().map(text -> hasBoth(text) ? cosines.next() : Double.NaN).toList();
  }

  private static boolean hasBoth(Prediction prediction) {
    return hasTarget(prediction) && !prediction.text().isEmpty();
  }

  private static boolean hasTarget(Prediction prediction) {
    return !prediction.target().isBlank();
  }
}
