package dev.fusebox.training.recipe;

/**
 * {@code decoding.sampling}.
 *
 * @param temperature divides the logits
 * @param topK words to draw from; 0 is all
 * @param topP total probability that the words to draw from reach at least (nucleus sampling); 1 is
 *     all
 */
public record SamplingSettings(double temperature, int topK, double topP) {

  public SamplingSettings {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature must be above 0, found " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("topK must be at least 0, found " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must be above 0 and at most 1, found " + topP);
    }
  }
}
