package dev.fusebox.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The turns of both sides.
 *
 * @param ours one for each round
 * @param theirs as many, or none without Python
 */
record Sides(List<Turn> ours, List<Turn> theirs) {

  /** One side's turn. */
  @FunctionalInterface
  interface Taker {
    Optional<Turn> take() throws IOException;
  }

  /** Theirs, ours, theirs, ours: what else the machine does falls on both. */
  static Sides take(int rounds, Taker ours, Taker theirs) throws IOException {
    List<Turn> our = new ArrayList<>();
    List<Turn> their = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      theirs.take().ifPresent(their::add);
      ours.take().ifPresent(our::add);
    }
    return new Sides(our, their);
  }

  Comparison speed(String name, double amount, String unit, double aim) {
    return new Comparison(name, amount, unit, aim, seconds(ours), seconds(theirs));
  }

  private static List<Double> seconds(List<Turn> turns) {
    return turns.stream().map(Turn::seconds).toList();
  }

  /** The least memory of each side's turns; the ratio is theirs over ours, as for time. */
  String memory(String name, double aim) {
    double our = least(ours);
    String line = String.format(Locale.ROOT, "%-44s %8.0f MiB", name, our);
    return theirs.isEmpty()
        ? line
        : line
            + String.format(
                Locale.ROOT,
                " %8.0f MiB %7.2fx  %-15s %.2f",
                least(theirs),
                least(theirs) / our,
                "",
                aim);
  }

  private static double least(List<Turn> turns) {
    return turns.stream().mapToDouble(Turn::mebibytes).min().orElse(Double.NaN);
  }
}
