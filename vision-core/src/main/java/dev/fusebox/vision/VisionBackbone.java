package dev.fusebox.vision;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.vision.picture.Preprocessing;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A network that turns pictures into vectors. It keeps nothing between calls; not for threads. */
public interface VisionBackbone extends AutoCloseable {

  /** What provides it: {@code vit}, {@code clip}, {@code torchscript}, {@code onnx}. */
  String kind();

  /** The files that decide its numbers, in a fixed order. */
  List<Path> files();

  /** How its own files say that pictures become pixels; empty if they say nothing. */
  Optional<Preprocessing> preprocessing();

  /**
   * Makes sure that pixels of this extent can be read; a backbone that cannot tell lets them pass.
   *
   * @throws IllegalArgumentException naming what the backbone takes
   */
  default void requireSize(int height, int width) {}

  /**
   * Looks at pictures. A graph is recorded where the open step says so and the backbone {@linkplain
   * #parameters can learn}.
   *
   * @param pixels (B, 3, Y, X); its manager owns the result
   * @return (B, P, V)
   * @throws IllegalArgumentException if the network gives something else than (B, P, V) or (B, V,
   *     rows, columns)
   */
  NDArray forward(NDArray pixels);

  /** Its weights, to be trained; empty for a network that can only be read. */
  Optional<Parameters> parameters();

  /**
   * The names of the parameters that its features depend on, layer by layer: first what stands
   * before all layers; what stands behind them belongs to the last. Empty for a network that can
   * only be read.
   */
  default List<List<String>> layers() {
    return List.of();
  }

  @Override
  void close();
}
