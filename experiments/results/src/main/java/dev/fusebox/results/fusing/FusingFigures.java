package dev.fusebox.results.fusing;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one question, or many on average, owe to text and picture. Marks are shares of right
 * answers, 0 to 1; the probabilities are those of the option that is chosen when both are there.
 *
 * @param mark beside its own picture
 * @param additive of the best sum of text and picture in place of the model
 * @param textMark of its text, beside any picture
 * @param pictureMark of its picture, beside any text
 * @param anyMark of any text beside any picture
 * @param probability beside its own picture
 * @param textProbability of its text, beside any picture
 * @param pictureProbability of its picture, beside any text
 * @param anyProbability of any text beside any picture
 */
public record FusingFigures(
    double mark,
    double additive,
    double textMark,
    double pictureMark,
    double anyMark,
    double probability,
    double textProbability,
    double pictureProbability,
    double anyProbability) {

  /** The mean of each figure. */
  public static FusingFigures mean(List<FusingFigures> all) {
    return new FusingFigures(
        mean(all, FusingFigures::mark),
        mean(all, FusingFigures::additive),
        mean(all, FusingFigures::textMark),
        mean(all, FusingFigures::pictureMark),
        mean(all, FusingFigures::anyMark),
        mean(all, FusingFigures::probability),
        mean(all, FusingFigures::textProbability),
        mean(all, FusingFigures::pictureProbability),
        mean(all, FusingFigures::anyProbability));
  }

  private static double mean(List<FusingFigures> all, ToDoubleFunction<FusingFigures> figure) {
    return all.stream().mapToDouble(figure).sum() / all.size();
  }
}
