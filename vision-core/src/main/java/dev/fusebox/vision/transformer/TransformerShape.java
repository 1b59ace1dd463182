package dev.fusebox.vision.transformer;

/**
 * The shape of a vision transformer.
 *
 * @param side pixels down and across of a picture
 * @param patch pixels down and across of a patch; what is left over at the edges is not looked at
 * @param width D
 * @param depth layers
 * @param heads must divide D
 * @param feedForwardWidth F
 * @param activation of the feed-forward
 * @param epsilon added to the variance in every norm
 * @param projectionBias whether query, key and value have biases
 */
record TransformerShape(
    int side,
    int patch,
    int width,
    int depth,
    int heads,
    int feedForwardWidth,
    NonLinearity activation,
    double epsilon,
    boolean projectionBias) {

  TransformerShape {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "the number of heads must divide the width %d, found %d".formatted(width, heads));
    }
    if (patch > side) {
      throw new IllegalArgumentException(
          "a patch must fit into a picture of %d pixels, found %d".formatted(side, patch));
    }
  }

  /** P. */
  int patches() {
    return (side / patch) * (side / patch);
  }
}
