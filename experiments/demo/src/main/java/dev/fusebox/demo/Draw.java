package dev.fusebox.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Chance, as the questions use it: every draw comes from one generator. */
final class Draw {

  private static final long SPREAD = 0xD1342543DE82EF95L; // keeps neighbouring numbers apart

  private final SplittableRandom random;

  /** Draws that depend on the seed and the number of the question only. */
  Draw(long seed, long number) {
    this(new SplittableRandom(new SplittableRandom(seed).nextLong() + number * SPREAD));
  }

  private Draw(SplittableRandom random) {
    this.random = random;
  }

  /** From {@code 0} to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code from} to {@code to}, both possible. */
  int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  /** True with this probability. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Uniform in [-reach, reach). */
  double around(double reach) {
    return reach * (2 * random.nextDouble() - 1);
  }

  /** Standard normal, by Box and Muller. */
  double gaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  double[] gaussians(int count) {
    double[] drawn = new double[count];
    Arrays.setAll(drawn, i -> gaussian());
    return drawn;
  }

  /** One of these, each with the same chance. */
  @SafeVarargs
  final <T> T one(T... of) {
    return of[below(of.length)];
  }

  /** One of these, each with the same chance. */
  <T> T one(List<T> of) {
    return of.get(below(of.size()));
  }

  /** {@code count} different elements in random order; all of them if there are fewer. */
  <T> List<T> some(int count, List<T> of) {
    List<T> rest = new ArrayList<>(of);
    List<T> drawn = new ArrayList<>();
    while (drawn.size() < count && !rest.isEmpty()) {
      drawn.add(rest.remove(below(rest.size())));
    }
    return drawn;
  }

  /** All elements in random order. */
  <T> List<T> shuffled(List<T> of) {
    return some(of.size(), of);
  }

  /** An element, each with a chance in proportion to its weight. */
  <T> T weighted(List<T> of, Function<T, Integer> weight) {
    int ticket = below(of.stream().mapToInt(weight::apply).sum());
    for (T element : of) {
      ticket -= weight.apply(element);
      if (ticket < 0) {
        return element;
      }
    }
    throw new IllegalArgumentException("nothing to draw from");
  }
}
