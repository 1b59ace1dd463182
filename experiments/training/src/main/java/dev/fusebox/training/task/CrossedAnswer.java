package dev.fusebox.training.task;

import java.util.List;

/**
 * How probable a model finds the options of one question beside the picture of another, or of the
 * same.
 *
 * @param text id of the question that is read
 * @param picture id of the question whose picture is seen
 * @param probabilities one for each option of the text, in their order; they sum to 1
 * @param right index of the right option of the text with its own picture
 */
public record CrossedAnswer(String text, String picture, List<Double> probabilities, int right) {

  public CrossedAnswer {
    probabilities = List.copyOf(probabilities);
  }
}
