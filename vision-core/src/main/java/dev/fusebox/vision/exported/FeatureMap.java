package dev.fusebox.vision.exported;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.vision.FinalNorm;
import dev.fusebox.vision.Pool;
import dev.fusebox.vision.Readout;
import java.nio.file.Path;

/** What exported networks may give, and what can be read of it. */
record FeatureMap(Path file, Readout readout) {

  /**
   * Makes sure that the readout asks for nothing that only a transformer with known layers has.
   *
   * @throws IllegalArgumentException naming what it asks for
   */
  void requireReadable() {
    if (readout.layer().isPresent()) {
      refuse("layer " + readout.layer().get(), "its layers have no numbers");
    }
    if (readout.pool() == Pool.CLASS || readout.pool() == Pool.PATCHES) {
      refuse(
          "pool " + readout.pool().name().toLowerCase(java.util.Locale.ROOT),
          "the position of its class token is unknown");
    }
    if (readout.norm() != FinalNorm.PUBLISHED) {
      refuse("a norm", "its output is used unchanged");
    }
  }

  private void refuse(String what, String why) {
    throw new IllegalArgumentException(
        "%s: an exported network does not support %s: %s; export the output you want"
            .formatted(file, what, why));
  }

  /**
   * The features in a network's output.
   *
   * @param output (B, P, V), or (B, V, rows, columns), which is read row by row
   * @param pictures B
   * @return (B, P, V), or (B, 1, V) of their mean
   */
  NDArray features(NDArray output, long pictures) {
    Shape shape = output.getShape();
    boolean known = shape.dimension() == 3 || shape.dimension() == 4;
    if (!known || shape.get(0) != pictures) {
      throw new IllegalArgumentException(
          "%s: the output must be (batch, patches, width) or (batch, width, rows, columns), with batch = %d here, found %s"
              .formatted(file, pictures, shape));
    }
    NDArray sequence =
        shape.dimension() == 3
            ? output
            : output.reshape(pictures, shape.get(1), -1).transpose(0, 2, 1);
    return readout.pool() == Pool.MEAN ? sequence.mean(new int[] {1}, true) : sequence;
  }
}
