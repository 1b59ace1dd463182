package dev.fusebox.results.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One answer from several (self-consistency: Wang et al. 2023, arXiv 2203.11171). */
public final class Votes {

  /** Not an option. */
  public static final int NONE = -1;

  private Votes() {}

  /** The option named most often, of equals the one that was named first; {@link #NONE} of none. */
  public static int most(List<Integer> options) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    options.stream()
        .filter(option -> option != NONE)
        .forEach(option -> counts.merge(option, 1, Integer::sum));
    List<Map.Entry<Integer, Integer>> inOrder = new ArrayList<>(counts.entrySet());
    inOrder.sort(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder()));
    return inOrder.isEmpty() ? NONE : inOrder.get(0).getKey();
  }

  /**
   * The option with the highest sum of probabilities; the first of equals.
   *
   * @param probabilities of all options, for each answer
   */
  public static int likeliest(List<List<Double>> probabilities) {
    int best = 0;
    double highest = -1;
    for (int option = 0; option < probabilities.get(0).size(); option++) {
      int which = option;
      double sum = probabilities.stream().mapToDouble(each -> each.get(which)).sum();
      best = sum > highest ? option : best;
      highest = Math.max(sum, highest);
    }
    return best;
  }
}
