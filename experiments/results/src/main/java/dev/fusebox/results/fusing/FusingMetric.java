package dev.fusebox.results.fusing;

import java.util.function.ToDoubleFunction;

/**
 * A figure of whether a model fuses, from the means over questions. v(both), v(text), v(picture)
 * and v(neither) below are the share of right answers where what is absent is drawn at random.
 */
public enum FusingMetric {
  /** Accuracy over the questions that were crossed. */
  ACCURACY("accuracy", FusingFigures::mark),

  /**
   * EMAP (Hessel and Lee 2020, arXiv 2010.06572): the accuracy of the sum of a function of the text
   * and one of the picture that is nearest to the model.
   */
  ADDITIVE("EMAP", FusingFigures::additive),

  /** What is lost with it: what interaction of text and picture is worth. */
  INTERACTION("lost by EMAP", mean -> mean.mark() - mean.additive()),

  /**
   * The perceptual score of the picture (Gat et al. 2021, arXiv 2110.14375): the share of the
   * accuracy that is lost when pictures are permuted; the mean over all permutations.
   */
  PICTURE_SCORE("perceptual, picture", mean -> ratio(mean.mark() - mean.textMark(), mean.mark())),

  /** The same of the text. */
  TEXT_SCORE("perceptual, text", mean -> ratio(mean.mark() - mean.pictureMark(), mean.mark())),

  /**
   * SHAPE of the picture (Hu et al. 2022, arXiv 2205.00302): its Shapley value in accuracy, ½
   * [v(picture) - v(neither) + v(both) - v(text)].
   */
  PICTURE_SHARE(
      "SHAPE, picture",
      mean -> (mean.pictureMark() - mean.anyMark() + mean.mark() - mean.textMark()) / 2),

  /** The same of the text. */
  TEXT_SHARE(
      "SHAPE, text",
      mean -> (mean.textMark() - mean.anyMark() + mean.mark() - mean.pictureMark()) / 2),

  /** SHAPE of their cooperation: v(both) - v(text) - v(picture) + v(neither). */
  COOPERATION(
      "SHAPE, both", mean -> mean.mark() - mean.textMark() - mean.pictureMark() + mean.anyMark()),

  /**
   * InterSHAP (Wenderoth et al. 2025, arXiv 2412.15828): the share of Shapley's interaction index
   * in all that text and picture do to the probability of the option chosen, question by question.
   * No answer needs to be right.
   */
  INTER_SHAP("InterSHAP", FusingMetric::interShap);

  /** Probabilities are computed in single precision. */
  private static final double NOTHING = 1e-6;

  private final String heading;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final ToDoubleFunction<FusingFigures> formula;

  FusingMetric(String heading, ToDoubleFunction<FusingFigures> formula) {
    this.heading = heading;
    this.formula = formula;
  }

  /** Of its column. */
  public String heading() {
    return heading;
  }

  /** The figure, 0 to 1, a difference from -1; NaN where it is a share of nothing. */
  public double of(FusingFigures mean) {
    return formula.applyAsDouble(mean);
  }

  private static double interShap(FusingFigures mean) {
    return ratio(mean.jointEffect(), mean.textEffect() + mean.pictureEffect() + mean.jointEffect());
  }

  private static double ratio(double part, double whole) {
    return whole < NOTHING ? Double.NaN : part / whole;
  }
}
