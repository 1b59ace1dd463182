package dev.fusebox.training.task;

import dev.fusebox.questions.mark.Prediction;
import java.util.List;

/**
 * What a model wrote.
 *
 * @param predictions one for each example, in their order
 * @param attention where it looked, for a few of the questions; empty if it does not look
 */
public record Predicted(List<Prediction> predictions, List<AttentionMap> attention) {

  public Predicted {
    predictions = List.copyOf(predictions);
    attention = List.copyOf(attention);
  }
}
