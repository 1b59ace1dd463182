package dev.fusebox.training.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts a row of examples into batches of about as many places each: rows × (longest source +
 * longest target).
 */
final class TokenBudget {

  private final List<Example> row;

  /** Neighbours in {@code row} stay neighbours. */
  TokenBudget(List<Example> row) {
    this.row = row;
  }

  /**
   * Exactly {@code batches} batches, none empty, under the least budget that allows them.
   *
   * @param batches at most as many as there are examples
   */
  List<List<Example>> into(int batches) {
    long low = 1;
    long high = places(row);
    while (low < high) {
      long middle = (low + high) / 2;
      if (under(middle).size() <= batches) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return split(under(low), batches);
  }

  /** Batches filled one after the other; an example beyond the budget has one of its own. */
  private List<List<Example>> under(long budget) {
    List<List<Example>> batches = new ArrayList<>();
    int start = 0;
    int source = 0;
    int target = 0;
    for (int at = 0; at < row.size(); at++) {
      source = Math.max(source, row.get(at).source().length);
      target = Math.max(target, row.get(at).outputTokens());
      boolean full = (at + 1L - start) * (source + target) > budget;
      if (full && at > start) {
        batches.add(row.subList(start, at));
        start = at;
        source = row.get(at).source().length;
        target = row.get(at).outputTokens();
      }
    }
    batches.add(row.subList(start, row.size()));
    return batches;
  }

  /** Halves the largest until there are enough: the budget's last step may save more than one. */
  private static List<List<Example>> split(List<List<Example>> whole, int count) {
    List<List<Example>> batches = new ArrayList<>(whole);
    while (batches.size() < count) {
      List<Example> largest =
          batches.stream()
              .filter(batch -> batch.size() > 1)
              .max(Comparator.comparingLong(TokenBudget::places))
              .orElseThrow();
      int at = batches.indexOf(largest);
      int half = largest.size() / 2;
      batches.set(at, largest.subList(0, half));
      batches.add(at + 1, largest.subList(half, largest.size()));
    }
    return batches;
  }

  /** Tokens and padding of all {@code batches}. */
  static long placesOfAll(List<List<Example>> batches) {
    return batches.stream().mapToLong(TokenBudget::places).sum();
  }

  private static long places(List<Example> batch) {
    int source = batch.stream().mapToInt(example -> example.source().length).max().orElse(0);
    int target = batch.stream().mapToInt(example -> example.outputTokens()).max().orElse(0);
    return (long) batch.size() * (source + target);
  }
}
