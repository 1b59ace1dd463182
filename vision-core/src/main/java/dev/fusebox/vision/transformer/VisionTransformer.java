package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.vision.FinalNorm;
import dev.fusebox.vision.Readout;
import java.util.List;
import java.util.Optional;

/**
 * A pre-norm transformer over the patches of a picture.
 *
 * @param first norm before the first layer: CLIP
 * @param last norm behind the last layer
 * @param normsLast whether the published last state passes it
 */
record VisionTransformer(
    TransformerShape shape,
    PatchEmbedding embedding,
    Optional<Normalization> first,
    List<TransformerLayer> layers,
    Normalization last,
    boolean normsLast) {

  VisionTransformer {
    layers = List.copyOf(layers);
  }

  /** (B, 3, Y, X) to (B, P, V) as {@code readout} says. */
  NDArray forward(NDArray pixels, Readout readout, VisionScript script) {
    requireSize(pixels.getShape());
    NDArray x = script.embed(pixels, embedding); // (B, N, D)
    if (first.isPresent()) {
      x = script.norm(x, first.get(), shape.epsilon());
    }
    for (TransformerLayer layer : layers.subList(0, shape.layersFor(readout))) {
      x = layer.forward(x, shape, script);
    }
    return pooled(isNormed(readout) ? script.norm(x, last, shape.epsilon()) : x, readout, script);
  }

  private static NDArray pooled(NDArray x, Readout readout, VisionScript script) {
    return switch (readout.pool()) {
      case ALL -> x;
      case PATCHES -> script.withoutClassToken(x);
      case CLASS -> script.classToken(x);
      case MEAN -> script.withoutClassToken(x).mean(new int[] {1}, true);
    };
  }

  /** Whether an array is of the norm behind the last layer. */
  boolean isBehindLayers(NDArray parameter) {
    return parameter == last.weight() || parameter == last.bias();
  }

  /** Whether what a readout takes passes that norm. */
  boolean isNormed(Readout readout) {
    boolean published = normsLast && readout.layer().isEmpty();
    return readout.norm() == FinalNorm.ON || (readout.norm() == FinalNorm.PUBLISHED && published);
  }

  private void requireSize(Shape pixels) {
    if (pixels.dimension() != 4 || pixels.get(1) != 3) {
      throw new IllegalArgumentException("pixels must be (B, 3, Y, X), found " + pixels);
    }
    shape.requireSize(pixels.get(2), pixels.get(3));
  }
}
