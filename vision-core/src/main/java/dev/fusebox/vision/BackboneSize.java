package dev.fusebox.vision;

import java.util.Optional;

/**
 * How large a backbone is, in numbers, as far as its files tell without reading weights.
 *
 * @param weights of all of it
 * @param weightsOfLayer of one of its layers
 * @param keptOfLayer what autograd keeps of one picture, and of one layer that learns
 */
public record BackboneSize(long weights, long weightsOfLayer, long keptOfLayer) {

  /** How many of the weights learn: the last layers', or all where {@code last} says nothing. */
  public long learning(Optional<Integer> last) {
    return last.map(layers -> Math.min(weights, layers * weightsOfLayer)).orElse(weights);
  }
}
