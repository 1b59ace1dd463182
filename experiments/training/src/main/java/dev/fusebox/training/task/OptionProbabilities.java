package dev.fusebox.training.task;

import java.util.List;

/**
 * How probable a model finds the options of a question.
 *
 * @param id the question's id
 * @param probabilities one for each option, in their order; they sum to 1
 * @param right index of the right one
 */
public record OptionProbabilities(String id, List<Double> probabilities, int right) {

  public OptionProbabilities {
    probabilities = List.copyOf(probabilities);
  }
}
