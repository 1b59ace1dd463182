package dev.fusebox.training.recipe;

import dev.fusebox.training.objective.PretrainingExamples;
import java.util.Map;

/**
 * {@code pretraining}: what a fresh model learns before its task. Its result is computed once and
 * shared by every cell; with {@code captioning}, by all that see the same pictures in the same way,
 * for there it sees what the stage that starts from it sees.
 *
 * @param objectives weight by name of what is practised: {@code spanCorruption} over the training
 *     texts, {@code letters} and {@code words} (which letter stands before this option, which
 *     option after this letter), {@code answers} (the question with its solution, to the letter),
 *     {@code captioning} (the picture and the beginning of its caption, to the rest)
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

  /** Whether pictures are looked at, where there are any. */
  public boolean looksAtPictures() {
    return objectives.getOrDefault(PretrainingExamples.CAPTIONING, 0.0) > 0;
  }
}
