package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.questions.mark.Questions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every test, interval and score. */
class StatisticsPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private static List<Graded> runs(int questions, int seeds, Random random) {
    double share = random.nextDouble();
    return IntStream.range(0, seeds)
        .mapToObj(
            seed ->
                new Graded(
                    Questions.plain(questions),
                    IntStream.range(0, questions)
                        .mapToObj(i -> random.nextDouble() < share)
                        .toList(),
                    0))
        .toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whoIsFirstChangesTheSignAlone(long seed) {
    Random random = new Random(seed);
    int questions = 1 + random.nextInt(80);
    List<Graded> first = runs(questions, 1 + random.nextInt(3), random);
    List<Graded> second = runs(questions, 1 + random.nextInt(3), random);
    Paired there = Paired.of(first, second);
    Paired back = Paired.of(second, first);
    assertThat(back.difference())
        .isCloseTo(-there.difference(), within(1e-12))
        .isBetween(-1.0, 1.0);
    assertThat(back.p())
        .isCloseTo(there.p(), within(1e-12))
        .isGreaterThan(0)
        .isLessThanOrEqualTo(1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void oneSeedEachIsMcNemarsTestAndManyQuestionsAreNearlyNormal(long seed) {
    Random random = new Random(seed);
    List<Graded> first = runs(400, 1, random);
    List<Graded> second = runs(400, 1, random);
    McNemar exact = McNemar.of(first.get(0), second.get(0));
    assertThat(Paired.of(first, second).p()).isCloseTo(exact.p(), within(1e-9));
    McNemar otherWayRound = McNemar.of(second.get(0), first.get(0));
    assertThat(otherWayRound.p()).isEqualTo(exact.p());
    int discordant = exact.onlyFirst() + exact.onlySecond();
    if (discordant >= 50) { // with Edwards' correction for continuity
      double z =
          Math.max(0, Math.abs(exact.onlyFirst() - exact.onlySecond()) - 1) / Math.sqrt(discordant);
      double normal = 2 * NormalDistribution.of(0, 1).survivalProbability(z);
      assertThat(exact.p()).isCloseTo(normal, within(0.01));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holmNeverLowersKeepsTheOrderAndIsAtMostBonferroni(long seed) {
    Random random = new Random(seed);
    List<Double> p = random.doubles(1 + random.nextInt(8)).map(x -> x * x * x).boxed().toList();
    List<Double> adjusted = Holm.adjust(p);
    for (int i = 0; i < p.size(); i++) {
      assertThat(adjusted.get(i)).isBetween(p.get(i), Math.min(1, p.size() * p.get(i)));
      for (int j = 0; j < p.size(); j++) {
        assertThat(p.get(i) <= p.get(j) && adjusted.get(i) > adjusted.get(j)).isFalse();
      }
    }
    assertThat(Collections.min(adjusted))
        .isCloseTo(Math.min(1, p.size() * Collections.min(p)), within(1e-12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void theBootstrapStaysAmongTheValuesAndMovesWithThem(long seed) {
    Random random = new Random(seed);
    double[] values = random.doubles(1 + random.nextInt(60), -3, 3).toArray();
    double[] moved = Arrays.stream(values).map(x -> 2 * x + 5).toArray();
    Interval interval = Bootstrap.mean(values, 0.95, seed);
    Interval wider = Bootstrap.mean(values, 0.99, seed);
    Interval other = Bootstrap.mean(moved, 0.95, seed);
    double mean = Arrays.stream(values).average().orElseThrow();
    assertThat(interval.low()).isBetween(wider.low(), mean + 1e-9);
    assertThat(interval.high()).isBetween(mean - 1e-9, wider.high());
    assertThat(other.low()).isCloseTo(2 * interval.low() + 5, within(1e-9));
    assertThat(other.high()).isCloseTo(2 * interval.high() + 5, within(1e-9));
  }

  /** Whatever was asked before: draws that are kept are those of as many values and this seed. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void theBootstrapIsThatOfDrawingAnew(long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(40);
    double[] values = random.doubles(n, -3, 3).toArray();
    Bootstrap.mean(random.doubles(n, -3, 3).toArray(), 0.95, seed);
    SplittableRandom anew = new SplittableRandom(seed);
    double[] means = new double[10_000];
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < n; j++) {
        means[i] += values[anew.nextInt(n)];
      }
      means[i] /= n;
    }
    Arrays.sort(means);
    assertThat(Bootstrap.mean(values, 0.5, seed)).isEqualTo(new Interval(means[2500], means[7499]));
    Bootstrap.mean(random.doubles(n + 1, -3, 3).toArray(), 0.95, seed);
    assertThat(Bootstrap.mean(values, 0.5, seed)).isEqualTo(new Interval(means[2500], means[7499]));
  }

  static LongStream fewSeeds() {
    return LongStream.range(0, 15);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSpreadMovesWithItsValues(long seed) {
    Random random = new Random(seed);
    List<Double> values = random.doubles(2 + random.nextInt(5)).boxed().toList();
    Spread spread = Spread.of(values);
    Spread moved = Spread.of(values.stream().map(x -> 3 - 2 * x).toList());
    assertThat(spread.mean()).isBetween(Collections.min(values), Collections.max(values));
    assertThat(moved.mean()).isCloseTo(3 - 2 * spread.mean(), within(1e-12));
    assertThat(moved.sd()).isCloseTo(2 * spread.sd(), within(1e-12));
  }

  private static String text(Random random) {
    return random
        .ints(1 + random.nextInt(12), 0, 6)
        .mapToObj(i -> List.of("a", "b", "c", "dog", "dogs", ".").get(i))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void scoresOfTextsLieBetween0And1AndATextIsLikeItself(long seed) {
    Random random = new Random(seed);
    String text = "a b c d " + text(random);
    String other = text(random);
    for (int orders : new int[] {1, 4}) {
      assertThat(Bleu.score(other, text, orders)).isBetween(0.0, 1.0);
      assertThat(Bleu.score(text, text, orders)).isCloseTo(1, within(1e-12));
    }
    assertThat(SetRougeL.f(other, text)).isBetween(0.0, 1.0);
    assertThat(SetRougeL.f(text, text)).isCloseTo(1, within(1e-7));
  }
}
