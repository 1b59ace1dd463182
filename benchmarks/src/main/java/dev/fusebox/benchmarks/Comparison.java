package dev.fusebox.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The same work on both sides, in turns.
 *
 * @param name what is done
 * @param amount how much of {@code unit} each repetition does
 * @param unit what speed is counted in
 * @param target the ratio that is aimed at
 * @param ours seconds of each turn
 * @param theirs seconds of each turn; empty without Python
 */
record Comparison(
    String name,
    double amount,
    String unit,
    double target,
    List<Double> ours,
    List<Double> theirs) {

  /** One turn of one side: its median seconds. */
  @FunctionalInterface
  interface Turn {
    OptionalDouble take() throws IOException;
  }

  static Comparison of(
      String name, double amount, String unit, double target, int rounds, Turn ours, Turn theirs)
      throws IOException {
    List<Double> our = new ArrayList<>();
    List<Double> their = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      theirs.take().ifPresent(their::add);
      ours.take().ifPresent(our::add);
    }
    return new Comparison(name, amount, unit, target, our, their);
  }

  static String heading() {
    return String.format(
        Locale.ROOT,
        "%-44s %12s %12s %8s  %-15s %s",
        "",
        "Fusebox",
        "Python",
        "ratio",
        "lowest-highest",
        "aim");
  }

  @Override
  public String toString() {
    String speed = String.format(Locale.ROOT, "%-44s %12s", name, perSecond(ours));
    if (theirs.size() != ours.size()) {
      return speed + "   no Python";
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(theirs.get(i) / ours.get(i));
    }
    return speed
        + String.format(
            Locale.ROOT,
            " %12s %7.2fx  %5.2f - %-7.2f %.1f",
            perSecond(theirs),
            median(ratios),
            Collections.min(ratios),
            Collections.max(ratios),
            target);
  }

  private String perSecond(List<Double> seconds) {
    return String.format(Locale.ROOT, "%.1f %s/s", amount / median(seconds), unit);
  }

  static double median(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
