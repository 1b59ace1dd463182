package dev.fusebox.training.recipe;

import dev.fusebox.file.ChangesNoResult;
import dev.fusebox.t5.generate.WeightPrecision;
import java.util.Optional;

/**
 * {@code decoding}: how the model's answer is written.
 *
 * @param mode {@code generated}, {@code teacher-forced}, {@code ranked} or {@code ranked-per-token}
 * @param beams of beam search; 1 is greedy
 * @param lengthPenalty exponent on a beam's length; larger favours longer text
 * @param noRepeat no sequence of so many words twice; 0 allows them
 * @param batch questions decoded at once; changes no result
 * @param weights what the decoder's matrices are read in while words are written
 * @param sampling draws words instead of taking the likeliest
 */
public record DecodingSettings(
    DecodingMode mode,
    int beams,
    double lengthPenalty,
    int noRepeat,
    @ChangesNoResult int batch,
    WeightPrecision weights,
    Optional<SamplingSettings> sampling) {

  public DecodingSettings {
    rule(beams >= 1, "beams must be at least 1, found " + beams);
    rule(noRepeat >= 0, "noRepeat must be at least 0, found " + noRepeat);
    rule(batch >= 1, "batch must be at least 1, found " + batch);
    rule(
        !mode.ranks() || beams == 1,
        "beams must be 1 where options are ranked and nothing is generated, found " + beams);
    rule(
        !mode.ranks() || sampling.isEmpty(),
        "sampling must be left out where options are ranked and nothing is generated");
    rule(
        mode == DecodingMode.GENERATED || weights == WeightPrecision.FLOAT32,
        "weights must be float32 where nothing is generated, found " + weights.label());
    rule(
        beams == 1 || sampling.isEmpty(),
        "beams must be 1 where tokens are sampled, found " + beams);
  }

  /** The likeliest word, or option, always. */
  public static DecodingSettings greedy(DecodingMode mode, int noRepeat, int batch) {
    return new DecodingSettings(
        mode, 1, 1, noRepeat, batch, WeightPrecision.FLOAT32, Optional.empty());
  }

  private static void rule(boolean kept, String message) {
    if (!kept) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The same with words drawn. */
  public DecodingSettings sampled(SamplingSettings drawn) {
    return new DecodingSettings(
        DecodingMode.GENERATED, 1, lengthPenalty, noRepeat, batch, weights, Optional.of(drawn));
  }

  /** In a few words, as tables print it: {@code generated, greedy}. */
  public String inWords() {
    return switch (mode) {
      case TEACHER_FORCED -> "teacher-forced";
      case RANKED -> "options ranked";
      case RANKED_PER_TOKEN -> "options ranked per token";
      case GENERATED -> generated();
    };
  }

  private String generated() {
    return "generated, "
        + (sampling.isPresent() ? "sampled" : beams == 1 ? "greedy" : "beam " + beams)
        + (weights == WeightPrecision.FLOAT32 ? "" : ", weights in " + weights.label());
  }
}
