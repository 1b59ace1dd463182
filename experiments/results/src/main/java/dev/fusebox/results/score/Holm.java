package dev.fusebox.results.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's step-down correction (1979): holds the chance of any false finding among many tests. */
public final class Holm {

  private Holm() {}

  /** Adjusted p-values in the order given; each is to be compared with the level itself. */
  public static List<Double> adjust(List<Double> p) {
    List<Integer> ascending =
        IntStream.range(0, p.size()).boxed().sorted(Comparator.comparing(p::get)).toList();
    List<Double> adjusted = new ArrayList<>(Collections.nCopies(p.size(), 1.0));
    double atLeast = 0;
    for (int rank = 0; rank < ascending.size(); rank++) {
      int i = ascending.get(rank);
      atLeast = Math.max(atLeast, Math.min(1, (p.size() - rank) * p.get(i)));
      adjusted.set(i, atLeast);
    }
    return List.copyOf(adjusted);
  }
}
