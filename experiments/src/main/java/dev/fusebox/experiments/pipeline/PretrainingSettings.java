package dev.fusebox.experiments.pipeline;

import dev.fusebox.experiments.model.ModelSettings;
import dev.fusebox.experiments.train.TrainingSettings;
import java.util.Map;

/**
 * {@code pretraining}: what a fresh model learns from text before it sees a picture. Its result is
 * computed once and shared by every cell.
 *
 * @param objectives weight by name of what is practised: {@code spanCorruption} over the training
 *     texts, {@code letters} and {@code words} (which letter stands before this option, which
 *     option after this letter), {@code answers} (the question with its solution, to the letter)
 * @param texts how many examples to make
 * @param source longest input, in tokens
 * @param seed of the examples and the fresh weights; every seed of the experiment starts from here
 * @param model what is pretrained
 * @param training how
 */
public record PretrainingSettings(
    Map<String, Double> objectives,
    int texts,
    StageSettings.Length source,
    long seed,
    ModelSettings model,
    TrainingSettings training) {

  public PretrainingSettings {
    if (texts < 1) {
      throw new IllegalArgumentException("texts must be at least 1, found " + texts);
    }
    if (objectives.values().stream().mapToDouble(Double::doubleValue).sum() <= 0) {
      throw new IllegalArgumentException(
          "objectives must have a weight above 0, found " + objectives);
    }
  }
}
