package dev.fusebox.fusion;

import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;

/**
 * What a fusion gets at construction.
 *
 * @param width D
 * @param visionWidth V
 * @param heads of the text model's attention
 * @param headWidth of the text model's attention; heads × headWidth may differ from D
 * @param feedForwardWidth of the text model
 * @param encoderDepth blocks of the encoder
 * @param decoderDepth blocks of the decoder
 * @param dropout rate in training
 * @param normEpsilon of the text model's norms
 * @param parameters where a fusion declares its own parameters; it never renames T5's
 * @param ops tensor maths
 * @since 0.1
 */
public record FusionContext(
    int width,
    int visionWidth,
    int heads,
    int headWidth,
    int feedForwardWidth,
    int encoderDepth,
    int decoderDepth,
    double dropout,
    double normEpsilon,
    Parameters parameters,
    Ops ops) {

  public FusionContext {
    if (visionWidth < 1) {
      throw new IllegalArgumentException(
          "a fusion needs vectors of width 1 or more, found " + visionWidth);
    }
  }

  /** The same for one of several fusions, with a prefix for its parameter names. */
  FusionContext under(String part) {
    return new FusionContext(
        width,
        visionWidth,
        heads,
        headWidth,
        feedForwardWidth,
        encoderDepth,
        decoderDepth,
        dropout,
        normEpsilon,
        parameters.under(part),
        ops);
  }

  /** The text model's sizes, for checking settings. */
  public TextShape text() {
    return new TextShape(width, encoderDepth, decoderDepth);
  }
}
