package dev.fusebox.training.recipe;

import java.util.Map;

/**
 * {@code model.shape}: a T5 of one's own; the vocabulary's size comes from the tokenizer.
 *
 * @param width D, the model's width
 * @param headWidth width of one attention head
 * @param heads attention heads
 * @param feedForward width inside the feed-forward blocks
 * @param encoderLayers blocks in the encoder
 * @param decoderLayers blocks in the decoder
 * @param gated gated GELU with a head of its own (v1.1) rather than ReLU with a tied head (v1.0)
 */
public record ModelShape(
    int width,
    int headWidth,
    int heads,
    int feedForward,
    int encoderLayers,
    int decoderLayers,
    boolean gated) {

  public ModelShape {
    Map.of(
            "width", width,
            "headWidth", headWidth,
            "heads", heads,
            "feedForward", feedForward,
            "encoderLayers", encoderLayers,
            "decoderLayers", decoderLayers)
        .forEach(ModelShape::positive);
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + " must be at least 1, found " + value);
    }
  }
}
