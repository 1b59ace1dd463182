package dev.fusebox.training.task;

import dev.fusebox.questions.mark.Prediction;
import java.util.List;

/**
 * What a model wrote.
 *
 * @param predictions one for each example, in their order
 * @param attention where it looked, for a few of the questions; empty if it does not look
 * @param options how probable it finds the options, where they are ranked; else empty
 */
public record Predicted(
    List<Prediction> predictions, List<AttentionMap> attention, List<OptionProbabilities> options) {

  /** What was written, word by word. */
  public Predicted(List<Prediction> predictions, List<AttentionMap> attention) {
    this(predictions, attention, List.of());
  }

  public Predicted {
    predictions = List.copyOf(predictions);
    attention = List.copyOf(attention);
    options = List.copyOf(options);
  }
}
