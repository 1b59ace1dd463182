package dev.fusebox.vision.transformer;

import dev.fusebox.vision.BackboneSize;
import dev.fusebox.vision.Readout;

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

  /**
   * What it takes as a part of a model. Of a layer, autograd keeps what goes into each norm and
   * each product, queries, keys and values, and what attention found as it stands in the heads: 9
   * arrays of (N, D); and what goes into the activation and comes out of it, (N, F) each, with a
   * third for the sigmoid of quick GELU.
   */
  BackboneSize size() {
    long places = 1L + patches();
    long attention = 4L * width * width + 4L * width;
    long feedForward = 2L * width * feedForwardWidth + width + feedForwardWidth;
    long norms = 4L * width;
    long layer = attention + feedForward + norms;
    long embedding = (3L * patch * patch + 2 + places) * width;
    long inner = activation == NonLinearity.QUICK_GELU ? 3 : 2;
    return new BackboneSize(
        embedding + depth * layer + 2L * width,
        layer,
        places * (9L * width + inner * feedForwardWidth));
  }

  /** P. */
  int patches() {
    return (side / patch) * (side / patch);
  }

  /**
   * How many layers a readout needs.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  int layersFor(Readout readout) {
    int index = readout.layer().orElse(depth);
    int layer = index < 0 ? depth + 1 + index : index;
    if (layer < 0 || layer > depth) {
      throw new IllegalArgumentException(
          "layer must be in 0 (the embedding) to %d, or -1 (the last) to %d, found %d"
              .formatted(depth, -depth - 1, index));
    }
    return layer;
  }

  void requireSize(long height, long width) {
    if (height != side || width != side) {
      throw new IllegalArgumentException(
          "pictures must have %d x %d pixels, which its position embeddings are for, found %d x %d"
              .formatted(side, side, height, width));
    }
  }
}
