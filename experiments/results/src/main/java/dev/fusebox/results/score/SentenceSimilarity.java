package dev.fusebox.results.score;

import dev.fusebox.questions.mark.Prediction;
import java.util.List;

/**
 * How near texts are to their targets in meaning: the last of mm-cot's four scores of rationales
 * ({@code evaluations.py}, {@code caculate_similariry}).
 */
@FunctionalInterface
public interface SentenceSimilarity {

  /** For each prediction the cosine of its text and its stripped target, from -1 to 1. */
  List<Double> of(List<Prediction> predictions);
}
