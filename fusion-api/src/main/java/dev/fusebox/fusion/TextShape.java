package dev.fusebox.fusion;

/**
 * The sizes of the text model that a fusion's settings must match.
 *
 * @param width D
 * @param encoderDepth blocks of the encoder
 * @param decoderDepth blocks of the decoder
 * @since 0.1
 */
public record TextShape(int width, int encoderDepth, int decoderDepth) {

  /**
   * Checks a number of heads against D.
   *
   * @return {@code heads}
   * @throws IllegalArgumentException if they do not divide D
   */
  public int headsOfWidth(int heads) {
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "heads must divide the model's width " + width + ", found " + heads);
    }
    return heads;
  }
}
