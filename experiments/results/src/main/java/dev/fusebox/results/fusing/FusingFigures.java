package dev.fusebox.results.fusing;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one question, or many on average, owe to text and picture. Marks are shares of right
 * answers, 0 to 1. Effects are those on the probability of the option that is chosen when both are
 * there, without their sign: what is absent is drawn from the same questions, so that over all of
 * them plus and minus would cancel.
 *
 * @param mark beside its own picture
 * @param additive of the best sum of text and picture in place of the model
 * @param textMark of its text, beside any picture
 * @param pictureMark of its picture, beside any text
 * @param anyMark of any text beside any picture
 * @param textEffect of its text alone
 * @param pictureEffect of its picture alone
 * @param jointEffect what is left of the effect of both
 */
public record FusingFigures(
    double mark,
    double additive,
    double textMark,
    double pictureMark,
    double anyMark,
    double textEffect,
    double pictureEffect,
    double jointEffect) {

  /** The mean of each figure. */
  public static FusingFigures mean(List<FusingFigures> all) {
    return new FusingFigures(
        mean(all, FusingFigures::mark),
        mean(all, FusingFigures::additive),
        mean(all, FusingFigures::textMark),
        mean(all, FusingFigures::pictureMark),
        mean(all, FusingFigures::anyMark),
        mean(all, FusingFigures::textEffect),
        mean(all, FusingFigures::pictureEffect),
        mean(all, FusingFigures::jointEffect));
  }

  private static double mean(List<FusingFigures> all, ToDoubleFunction<FusingFigures> figure) {
    return all.stream().mapToDouble(figure).sum() / all.size();
  }
}
