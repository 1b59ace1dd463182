package dev.fusebox.training.recipe;

import dev.fusebox.file.ChangesNoResult;
import java.util.Optional;

/**
 * {@code decoding}: how the model's answer is written.
 *
 * @param mode {@code generated}, {@code teacher-forced}, {@code ranked} or {@code ranked-per-token}
 * @param beams of beam search; 1 is greedy
 * @param lengthPenalty exponent on a beam's length; larger favours longer text
 * @param noRepeat no sequence of so many words twice; 0 allows them
 * @param batch questions decoded at once; changes no result
 * @param sampling draws words instead of taking the likeliest
 */
public record DecodingSettings(
    DecodingMode mode,
    int beams,
    double lengthPenalty,
    int noRepeat,
    @ChangesNoResult int batch,
    Optional<SamplingSettings> sampling) {

  public DecodingSettings {
    rule(beams >= 1, "beams must be at least 1, found " + beams);
    rule(noRepeat >= 0, "noRepeat must be at least 0, found " + noRepeat);
    rule(batch >= 1, "batch must be at least 1, found " + batch);
    rule(
        !mode.ranks() || beams == 1,
        "beams must be 1 where options are ranked and nothing is written, found " + beams);
    rule(
        !mode.ranks() || sampling.isEmpty(),
        "sampling must be left out where options are ranked and nothing is written");
    rule(
        beams == 1 || sampling.isEmpty(),
        "beams must be 1 where words are sampled, found " + beams);
  }

  private static void rule(boolean kept, String message) {
    if (!kept) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The same with words drawn. */
  public DecodingSettings sampled(SamplingSettings drawn) {
    return new DecodingSettings(
        DecodingMode.GENERATED, 1, lengthPenalty, noRepeat, batch, Optional.of(drawn));
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
        + (sampling.isPresent() ? "sampled" : beams == 1 ? "greedy" : "beam " + beams);
  }
}
