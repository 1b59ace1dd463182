package dev.fusebox.training.task;

import dev.fusebox.questions.picture.PictureGrid;
import java.util.List;
import java.util.Optional;

/**
 * Where a model looked in the picture of one question.
 *
 * @param id the question
 * @param read the tokens of its input
 * @param written the tokens of what the model wrote
 * @param layers of the encoder or after it, and of the decoder
 * @param grid how the vectors lie over the picture
 */
public record AttentionMap(
    String id,
    List<String> read,
    List<String> written,
    List<Layer> layers,
    Optional<PictureGrid> grid) {

  public AttentionMap {
    read = List.copyOf(read);
    written = List.copyOf(written);
    layers = List.copyOf(layers);
  }

  /**
   * One place that looks.
   *
   * @param name as the fusion calls it
   * @param writing whether the tokens that look are those written, not those read
   * @param weights token by token over the picture's vectors
   */
  public record Layer(String name, boolean writing, List<List<Double>> weights) {

    public Layer {
      weights = List.copyOf(weights);
    }
  }
}
