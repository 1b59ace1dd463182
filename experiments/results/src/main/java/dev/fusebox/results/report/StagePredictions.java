package dev.fusebox.results.report;

import dev.fusebox.questions.mark.Prediction;
import java.util.List;

/**
 * What a stage wrote for the test questions.
 *
 * @param decoding how, in words
 * @param texts one for each question
 */
public record StagePredictions(String decoding, List<Prediction> texts) {

  public StagePredictions {
    texts = List.copyOf(texts);
  }
}
