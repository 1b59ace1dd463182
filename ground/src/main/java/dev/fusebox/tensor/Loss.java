package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What training makes small, with the first part of its backward pass done already: {@link
 * Ops#gradients} goes on from there.
 *
 * @param value the scalar
 * @param ends arrays that it depends on, together in every way that counts
 * @param gradients the scalar's, with respect to each of {@code ends}
 * @since 0.1
 */
public record Loss(NDArray value, List<NDArray> ends, List<NDArray> gradients) {

  /** Holds copies of the lists. */
  public Loss {
    ends = List.copyOf(ends);
    gradients = List.copyOf(gradients);
    if (ends.size() != gradients.size()) {
      throw new IllegalArgumentException(
          "each end has a gradient: " + ends.size() + " ends, " + gradients.size() + " gradients");
    }
  }

  /** The sum of both. */
  public Loss plus(Loss other) {
    return new Loss(
        value.add(other.value), joined(ends, other.ends), joined(gradients, other.gradients));
  }

  private static List<NDArray> joined(List<NDArray> some, List<NDArray> more) {
    List<NDArray> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /** Those ends that are not among {@code arrays}. */
  Loss without(List<NDArray> arrays) {
    List<NDArray> otherEnds = new ArrayList<>();
    List<NDArray> theirs = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      NDArray end = ends.get(i);
      if (arrays.stream().noneMatch(array -> array == end)) {
        otherEnds.add(end);
        theirs.add(gradients.get(i));
      }
    }
    return new Loss(value, otherEnds, theirs);
  }

  /** The gradient with respect to an end, or two of one array; else {@code otherwise}. */
  NDArray gradient(NDArray array, NDArray otherwise) {
    return IntStream.range(0, ends.size())
        .filter(i -> ends.get(i) == array)
        .mapToObj(gradients::get)
        .reduce(NDArray::add)
        .orElse(otherwise);
  }
}
